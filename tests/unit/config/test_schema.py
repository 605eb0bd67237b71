"""The schema for editors and the loader say the same."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from inboxwright.config import FILE_NAME, load
from inboxwright.config._flatten import places
from inboxwright.config._keys import Record, Records, keys_of
from inboxwright.config._provider_options import users_of
from inboxwright.config._schema import FILE, schema, text
from inboxwright.errors import ConfigError

TOP = Path(__file__).parents[3]
VALIDATOR = Draft202012Validator(schema())

VALUES = [
    None,
    True,
    False,
    0,
    1,
    7,
    -1,
    1.0,
    2.5,
    100_000_000_000,
    "",
    " ",
    "x",
    "on",
    "off",
    "list",
    "50%",
    "0%",
    "http://a.test",
    "ws://a.test",
    "a.test:1",
    "*.a.test",
    "@a.test",
    "(",
    "${A}",
    "x${A}",
    "http://${A}/",
    [],
    ["x"],
    ["http://a.test"],
    ["ws://a.test"],
    [1],
    ["${A}"],
    {},
    {"a": "b"},
    {"a": 1},
    {"a": None},
    {"width": 1, "height": 1},
    {"width": 1},
    {"Authorization": "x"},
    {"x-api-KEY": "x"},
    {"Cookie": "${A}"},
    {"mode": "on"},
    {"username": "u"},
    [["junit"]],
    [["junit", {"outputFile": "x"}]],
    [["dot", {"outputFile": "x"}]],
    ["json"],
]


BEYOND = (
    "does not make one",  # of a variable
    "is not one: ",  # of a regular expression
    "needs it",
    "password: is missing",  # it may come from INBOXWRIGHT_…_PASSWORD
    "is an option of the provider",  # that a project names
    "say how to know",
)
"""What the schema cannot know."""


def test_the_schema_in_the_package_is_the_one_that_the_declarations_make() -> None:
    assert FILE.read_text(encoding="utf-8") == text(), "run: make schema"
    Draft202012Validator.check_schema(schema())


def test_our_own_configuration_fits_the_schema_and_the_loader() -> None:
    config = json.loads((TOP / FILE_NAME).read_text(encoding="utf-8"))

    assert [error.message for error in VALIDATOR.iter_errors(config)] == []
    assert (TOP / config["$schema"]).resolve() == FILE
    assert load(TOP / FILE_NAME, environ={}).name == "local"


def test_every_key_is_described() -> None:
    assert [path for path, key in places().items() if not key.about.endswith((".", "`"))] == []


def _is_loaded(config: object, folder: Path) -> bool:
    file = folder / FILE_NAME
    file.write_text(json.dumps(config), encoding="utf-8")
    try:
        load(file, environ={"A": "1"})
    except ConfigError as error:
        # What only the filled-in value, or two keys together, can show is no matter of the schema.
        return any(words in str(error) for words in BEYOND)
    return True


def _placed(path: tuple[str, ...], value: object) -> Any:
    config: Any = value
    for end in range(len(path), 0, -1):
        config = {path[end - 1]: config}
        kind = places()[path[: end - 1]].kind if end > 1 else None
        if isinstance(kind, Records) and not kind.alone:
            config = [config]
    return config


def _provider(path: tuple[str, ...]) -> str | None:
    """A provider that has the option, if it is one."""
    return next(iter(users_of(path[-1])), None) if places()[path].within else None


@pytest.mark.parametrize("path", list(places()), ids=".".join)
def test_the_loader_takes_what_the_schema_takes(path: tuple[str, ...], tmp_path: Path) -> None:
    for value in VALUES:
        config = _placed(path, value)
        if provider := _provider(path):
            config["inbox"]["provider"] = provider
        if path[0] == "webServer" and len(path) > 1:
            ready = {} if path[1] in {"url", "port"} else {"port": 1}
            config["webServer"] = {"command": "x", **ready, **config["webServer"]}
        if _needs_siblings(path) or (value is None and places()[path].required):
            continue
        fits = VALIDATOR.is_valid(config)
        assert _is_loaded(config, tmp_path) is fits, f"{config}: the schema says {fits}"


def _needs_siblings(path: tuple[str, ...]) -> bool:
    """Whether it is below an object with required keys, where one key alone is never right."""
    above = [places()[path[:end]].kind for end in range(1, len(path))]
    records = [kind.of for kind in above if isinstance(kind, Record)]
    return any(key.required for of in records for key in keys_of(of).values())


NAMES = st.sampled_from(sorted({part for path in places() for part in path} | {"$schema", "nonsense"}))
TREES = st.recursive(st.sampled_from(VALUES), lambda inner: st.dictionaries(NAMES, inner, max_size=3), max_leaves=6)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(config=st.dictionaries(NAMES, TREES, max_size=3))
def test_no_configuration_makes_the_loader_stumble(config: dict[str, Any], tmp_path: Path) -> None:
    file = tmp_path / FILE_NAME
    file.write_text(json.dumps(config), encoding="utf-8")

    try:
        load(file, environ={"A": "1"})
    except ConfigError as error:
        message = str(error)
    else:
        message = FILE_NAME

    assert message.startswith(FILE_NAME)
    assert "\n" not in message


def test_records_are_objects_in_the_schema() -> None:
    tables = [path for path, key in places().items() if isinstance(key.kind, Record | Records)]

    assert ("use", "viewport") in tables
    assert VALIDATOR.is_valid({"use": {"viewport": {"width": 1, "height": 1}}})
    assert not VALIDATOR.is_valid({"use": {"viewport": {"width": 1}}})
