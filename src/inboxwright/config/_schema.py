"""The JSON Schema for editors, from the same declarations as the loader."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from inboxwright.config._keys import Key, Record, Records, keys_of
from inboxwright.config._kinds import PLACEHOLDER, Choice, Kind, ListOf, SecretText, Text
from inboxwright.config._loading import TOP_ONLY
from inboxwright.config._project import Project
from inboxwright.config._provider_options import PROVIDERS

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
        "$defs": {kind.of.__name__: _definition(kind) for kind in _records(keys_of(Project))},
    }


def text() -> str:
    """The schema as it stands in the package."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


def _properties(keys: Mapping[str, Key]) -> _Schema:
    return {name: _property(key) for name, key in keys.items()}


def _property(key: Key) -> _Schema:
    value = _of(key.kind)
    if not key.required:
        value = {"anyOf": [*value.get("anyOf", [value]), _NULL]}
    return {**value, "description": key.about}


def _of(kind: Kind | Record | Records) -> _Schema:
    match kind:
        case Records(of=of, alone=alone):
            one = _reference(of)
            several = {"type": "array", "items": one}
            return {"anyOf": [one, several]} if alone else several
        case Record(of=of, shorthand=shorthand, words=words):
            one = _reference(of)
            word = keys_of(of)[shorthand].kind if shorthand else None
            if isinstance(word, Choice):
                return {"anyOf": [{"enum": [*word.words, *words]}, _WHOLE, one]}
            return one
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


def _records(keys: Mapping[str, Key]) -> list[Record | Records]:
    found: dict[type, Record | Records] = {}
    for key in keys.values():
        if isinstance(key.kind, Record | Records):
            found |= {kind.of: kind for kind in (key.kind, *_records(keys_of(key.kind.of)))}
    return list(found.values())


def _definition(kind: Record | Records) -> _Schema:
    keys = keys_of(kind.of)
    found: _Schema = {"type": "object", "properties": _properties(keys), "additionalProperties": False}
    needed = [name for name, key in keys.items() if _is_needed(key)]
    merged = kind.merge if isinstance(kind, Record) else kind.alone
    if needed and not merged:  # a project may add to what stands above it
        found["required"] = needed
    if "provider" in keys:
        found["allOf"] = [_options(kind.of, provider) for provider in PROVIDERS]
    return found


def _is_needed(key: Key) -> bool:
    """A secret may also come from its own INBOXWRIGHT_ variable, and an option from an account."""
    return key.required and key.within is None and not isinstance(key.kind, SecretText)


def _options(of: type, provider: str) -> _Schema:
    return {
        "if": {"properties": {"provider": {"const": provider}}, "required": ["provider"]},
        "then": {"propertyNames": {"enum": list(keys_of(of, provider))}},
    }
