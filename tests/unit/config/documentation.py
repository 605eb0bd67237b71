"""The tables of docs/configuration.md and the schema, from the declarations.

After a change of a key or an option: `python -m tests.unit.config.documentation`.
"""

import dataclasses
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from inboxwright.config._keys import Key, Record, Records, keys_of
from inboxwright.config._kinds import SecretText
from inboxwright.config._project import Project
from inboxwright.config._providers import PROVIDER_NAMES, options_of
from inboxwright.config._schema import FILE
from inboxwright.config._schema import text as schema_text

PAGE: Final = Path(__file__).parents[3] / "docs" / "configuration.md"
TITLE: Final = "## All keys\n\n"


def tables() -> Iterator[tuple[str, list[str]]]:
    """Each object's name and the rows of its keys."""
    yield "", _rows(keys_of(Project), Project)
    yield from _below(keys_of(Project), "")
    for provider in PROVIDER_NAMES:
        yield f"inbox, {provider}", _rows(options_of(provider), None)


def _below(keys: Mapping[str, Key], path: str) -> Iterator[tuple[str, list[str]]]:
    for key in keys.values():
        if isinstance(key.kind, Record | Records):
            here = f"{path}.{key.name}".removeprefix(".")
            yield here, _rows(keys_of(key.kind.of), key.kind.of)
            yield from _below(keys_of(key.kind.of), here)


def _rows(keys: Mapping[str, Key], of: type | None) -> list[str]:
    return [f"| `{key.name}` | {_takes(key)} | {_default(key, of)} | {_escaped(key.about)} |" for key in keys.values()]


def _takes(key: Key) -> str:
    if isinstance(key.kind, Records):
        return "an object, or a list of them"
    if isinstance(key.kind, Record):
        return "an object" + (", or a word" if key.kind.shorthand else "")
    return "a secret: `${NAME}`" if isinstance(key.kind, SecretText) else _escaped(key.kind.says)


def _default(key: Key, of: type | None) -> str:
    if key.required:
        return "required"
    field = {f.name: f for f in dataclasses.fields(of)}.get(key.attribute) if of is not None else None
    value = None if field is None else field.default
    if key.name == "testDir" or dataclasses.is_dataclass(value) or value in (None, (), dataclasses.MISSING):
        return ""
    return f"`{json.dumps(value if isinstance(value, str | int | bool | float) else str(value))}`"


def _escaped(text: str) -> str:
    return text.replace("|", "\\|")


def main() -> None:
    """Write every table and the schema."""
    text: list[str] = []
    for name, rows in tables():
        title = f"### `{name}`" if name else "### Top"
        text += [title, "", "| key | takes | default | what it is |", "| --- | --- | --- | --- |", *rows, ""]
    head = PAGE.read_text(encoding="utf-8").partition(TITLE)[0]
    PAGE.write_text(head + TITLE + "\n".join(text), encoding="utf-8")
    FILE.write_text(schema_text(), encoding="utf-8")


if __name__ == "__main__":
    main()
