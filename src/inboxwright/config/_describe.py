"""Every settled value with where it came from, for people: secrets masked."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from inboxwright.config._keys import Key, Record, Records, keys_of
from inboxwright.config._project import Project
from inboxwright.config._reading import DEFAULT, TOP, KeyPath, Origin
from inboxwright.config._secrets import Secret, SecretUrl


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One key of a project."""

    path: str
    value: str
    """As it would stand in the file; a secret is ****."""
    origin: Origin


def describe(project: Project) -> list[Setting]:
    """Every key that has a value, in the order of the documentation."""
    return list(_settings(keys_of(Project, project.inbox.provider), project, TOP, project))


def _settings(keys: Mapping[str, Key], of: Any, path: KeyPath, project: Project) -> Iterator[Setting]:
    for key in keys.values():
        here, value = path / key.name, key.of(of)
        if isinstance(key.kind, Records):
            for index, entry in enumerate(value):
                yield from _settings(keys_of(key.kind.of, project.inbox.provider), entry, here / index, project)
        elif isinstance(key.kind, Record) and value is not None:
            yield from _settings(keys_of(key.kind.of, project.inbox.provider), value, here, project)
        elif value not in (None, (), {}) and not (isinstance(value, Mapping) and not value):
            # its own origin, or that of an object that was taken away or given as a whole
            near = (project.origins[str(head)] for head in reversed(here.heads) if str(head) in project.origins)
            yield Setting(
                path=str(here), value=_masked(shown(value, project.root), project), origin=next(near, DEFAULT)
            )


def _masked(text: str, project: Project) -> str:
    """Without what came from a variable and may be a secret, whatever the key is called."""
    for secret in sorted((str(secret) for secret in project.secrets if len(secret) >= 4), key=len, reverse=True):
        text = text.replace(json.dumps(secret, ensure_ascii=False)[1:-1], "****")
    return text


def shown(value: object, root: Path) -> str:
    """A value for people, in one line."""
    return json.dumps(_plain(value, root), ensure_ascii=False)


def _plain(value: object, root: Path) -> object:
    match value:
        case Secret():
            return "****"
        case SecretUrl():
            return repr(value)[1:-1]
        case Path():
            return str(value.relative_to(root)) if value.is_relative_to(root) else str(value)
        case Mapping():
            return {name: _plain(inner, root) for name, inner in value.items()}
        case tuple() | list():
            return [_plain(inner, root) for inner in value]
    return value
