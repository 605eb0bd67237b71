"""The JSON Schema for editors, from the same declarations as the loader."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from inboxwright.config._accounts import Accounts
from inboxwright.config._file import TOP_ONLY
from inboxwright.config._inbox import InboxSettings, inbox_keys
from inboxwright.config._keys import Key, Record, Records, keys_of
from inboxwright.config._kinds import PLACEHOLDER, Choice, Kind, ListOf, SecretText, Text
from inboxwright.config._project import Project
from inboxwright.config._providers import PROVIDER_NAMES
from inboxwright.config._web_server import WebServer

FILE: Final = Path(__file__).with_name("playwright.config.schema.json")

_Schema = dict[str, Any]
_VARIABLE: Final[_Schema] = {"type": "string", "pattern": PLACEHOLDER.pattern}
_WHOLE: Final[_Schema] = {"type": "string", "pattern": f"^{PLACEHOLDER.pattern}$"}
_NULL: Final[_Schema] = {"type": "null"}


def schema() -> _Schema:
    """The schema of playwright.config.json (JSON Schema 2020-12)."""
    top = _properties(keys_of(Project))
    own = {name: value for name, value in top.items() if name not in TOP_ONLY}
    name = {"type": "string", "pattern": r"\S", "description": "By this --project chooses it."}
    project: _Schema = {"type": "object", "properties": {"name": name, **own}, "required": ["name"]}
    project["additionalProperties"] = False
    projects = {"type": "array", "items": project, "description": "Targets; the first one is the default."}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "playwright.config.json of inboxwright",
        "type": "object",
        "properties": {
            "$schema": {"type": "string"},
            **top,
            "projects": {"anyOf": [projects, _NULL]},
        },
        "additionalProperties": False,
        "$defs": {of.__name__: _definition(of) for of in _records(keys_of(Project))},
    }


def text() -> str:
    """The schema as it stands in the package."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


def _properties(keys: Mapping[str, Key]) -> _Schema:
    return {name: _property(key) for name, key in keys.items()}


def _property(key: Key, *, nullable: bool = True) -> _Schema:
    value = _of(key.kind)
    if nullable and not key.required:
        value = {"anyOf": [*value.get("anyOf", [value]), _NULL]}
    return {**value, "description": key.about}


def _of(kind: Kind | Record | Records) -> _Schema:
    match kind:
        case Records(of=of):
            one = _reference(of)
            return {"anyOf": [one, {"type": "array", "items": one}]}
        case Record(of=of, shorthand=shorthand, words=words):
            one = _reference(of)
            word = keys_of(of)[shorthand].kind if shorthand else None
            if isinstance(word, Choice):
                return {"anyOf": [{"enum": [*word.words, *words]}, _WHOLE, one]}
            return one
        case Accounts():
            account = {"type": "object", "minProperties": 1, "additionalProperties": False}
            account |= {"properties": {name: _property(key, nullable=False) for name, key in kind.keys.items()}}
            return {"anyOf": [{"type": "array", "minItems": 1, "items": account}, _WHOLE]}
        case SecretText():
            return kind.schema()
        case ListOf(item=item, alone=alone):
            several = {"type": "array", "items": _of(item)}
            return {"anyOf": [several, _of(item), _WHOLE] if alone else [several, _WHOLE]}
        case Text(pattern=None):
            return kind.schema()  # a variable is a text like any other
    return {"anyOf": [kind.schema(), _VARIABLE if isinstance(kind, Text) else _WHOLE]}


def _reference(of: type) -> _Schema:
    return {"$ref": f"#/$defs/{of.__name__}"}


def _records(keys: Mapping[str, Key]) -> dict[type, None]:
    found: dict[type, None] = {}
    for key in keys.values():
        if isinstance(key.kind, Record | Records):
            found |= {key.kind.of: None, **_records(keys_of(key.kind.of))}
    return found


def _definition(of: type) -> _Schema:
    if of is InboxSettings:
        return _inbox()
    return _object(keys_of(of), required=of is not WebServer)  # a project may add to the web server above it


def _object(keys: Mapping[str, Key], *, required: bool = False) -> _Schema:
    found: _Schema = {"type": "object", "properties": _properties(keys)}
    found |= {"additionalProperties": False}
    needed = [name for name, key in keys.items() if key.required and not isinstance(key.kind, SecretText)]
    if required and needed:  # a secret may also come from its own INBOXWRIGHT_ variable
        found["required"] = needed
    return found


def _inbox() -> _Schema:
    by_provider = [
        {
            "if": {"properties": {"provider": {"const": provider}}, "required": ["provider"]},
            "then": {"propertyNames": {"enum": list(inbox_keys(provider))}},
        }
        for provider in PROVIDER_NAMES
    ]
    return {**_object(inbox_keys(None)), "allOf": by_provider}
