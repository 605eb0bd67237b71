"""Every settled value with where it came from, for people: secrets masked."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from inboxwright.config._inbox import InboxSettings
from inboxwright.config._keys import Key, Record, Records, keys_of
from inboxwright.config._origin import DEFAULT, Origin
from inboxwright.config._project import Project
from inboxwright.config._providers import options_of
from inboxwright.config._values import Secret, SecretUrl


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One key of a project."""

    path: str
    value: str
    """As it would stand in the file; a secret is ****."""
    origin: Origin


def describe(project: Project) -> list[Setting]:
    """Every key that has a value, in the order of the documentation."""
    return list(_settings(keys_of(Project), project, (), project))


def _settings(keys: Mapping[str, Key], of: Any, path: tuple[str, ...], project: Project) -> Iterator[Setting]:
    for key in keys.values():
        here = (*path, key.name)
        value = getattr(of, key.attribute)
        if isinstance(key.kind, Records):
            for index, server in enumerate(value):
                place = (*path, f"{key.name}[{index}]")
                yield from _settings(keys_of(key.kind.of), server, place, project)
        elif isinstance(key.kind, Record) and value is not None:
            yield from _settings(keys_of(key.kind.of), value, here, project)
            if isinstance(value, InboxSettings):
                yield from _options(value, here, project)
        else:
            yield from _setting(value, here, project)


def _options(inbox: InboxSettings, path: tuple[str, ...], project: Project) -> Iterator[Setting]:
    for option in options_of(inbox.provider).values():
        yield from _setting(inbox.options.get(option.attribute), (*path, option.name), project)


def _setting(value: object, path: tuple[str, ...], project: Project) -> Iterator[Setting]:
    dotted = ".".join(path)
    origin = next((project.origins[name] for name in _origins_of(dotted) if name in project.origins), DEFAULT)
    if value not in (None, (), {}) and not (isinstance(value, Mapping) and not value):
        yield Setting(path=dotted, value=shown(value, project.root), origin=origin)


def _origins_of(path: str) -> Iterator[str]:
    """The key's own origin, or that of an object that was taken away or given as a whole."""
    yield path
    while "." in path:
        path = path.rpartition(".")[0]
        yield path


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
