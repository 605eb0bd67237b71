"""A JSON object checked against its keys, as leaves: one value and its origin for each path."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from inboxwright.config import _refused
from inboxwright.config._keys import Key, Record, Records, keys_of
from inboxwright.config._kinds import (
    PLACEHOLDER,
    Choice,
    Kind,
    ListOf,
    SecretText,
    Text,
    Url,
    Wrong,
    check_variables,
    has_variable,
    shown,
)
from inboxwright.config._kinds_special import AnyMap, Headers, StringMap
from inboxwright.config._project import Project
from inboxwright.config._provider_options import users_of
from inboxwright.config._reading import TOP, KeyPath, Layer, Origin, did_you_mean, nearest
from inboxwright.config._secrets import is_sensitive, secrets_in

Leaves = dict[KeyPath, "Leaf"]
"""By the key's path from the top of a project: `webServer[0].command`."""
At = Callable[[KeyPath], Origin]
"""Where a path, as the source writes it, is."""


@cache
def places(provider: str | None = None) -> Mapping[tuple[str, ...], Key]:
    """Every key of a project by its names from the top, outer ones first; with all options unless one is named."""
    return dict(_walk(keys_of(Project, provider), (), provider))


def _walk(
    keys: Mapping[str, Key], above: tuple[str, ...], provider: str | None
) -> Iterator[tuple[tuple[str, ...], Key]]:
    for name, key in keys.items():
        here = (*above, name)
        yield here, key
        if isinstance(key.kind, Record | Records):
            yield from _walk(keys_of(key.kind.of, provider), here, provider)


def key_at(path: KeyPath) -> Key:
    """The declaration of the key at a path."""
    return places()[path.names]


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """One value as its source gave it. `None` takes away what lower layers said."""

    raw: Any
    origin: Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class Flattener:
    """Takes objects of one source apart. Raises ConfigError for an unknown key, a wrong type or a literal secret."""

    at: At
    provider: str
    """Whose options `inbox` may hold; those of all for a name that is unknown, or not known yet."""

    def table(self, raw: object, keys: Mapping[str, Key], *, path: KeyPath = TOP, written: KeyPath = TOP) -> Leaves:
        """All leaves of one object. `written`: its path as it stands in the source."""
        if not isinstance(raw, dict):
            raise self.at(written).error(f"must be an object, not {shown(raw)}")
        leaves: Leaves = {}
        for name, value in raw.items():
            if name not in keys:
                raise self.at(written / name).error(_unknown(name, keys, path))
            leaves.update(self.key(value, keys[name], path=path / name, written=written / name))
        return leaves

    def key(self, value: object, key: Key, *, path: KeyPath, written: KeyPath = TOP) -> Leaves:
        """The leaves of one key's value."""
        origin = self.at(written)
        if value is None:
            return {path: Leaf(raw=None, origin=origin)}
        match key.kind:
            case Records() as kind:
                return self._list(value, kind, path=path, written=written)
            case Record() as kind:
                if isinstance(value, str) and kind.shorthand:
                    return self._shorthand(value, kind, path=path, origin=origin)
                return self._object(value, kind, path=path, written=written)
            case kind:
                try:
                    check(kind, value, literal=origin.layer is not Layer.FILE)
                except Wrong as wrong:
                    raise origin.error(str(wrong)) from None
                return {path: Leaf(raw=value, origin=origin)}

    def _object(self, value: object, kind: Record | Records, *, path: KeyPath, written: KeyPath) -> Leaves:
        if value == {}:
            return {path: Leaf(raw={}, origin=self.at(written))}
        return self.table(value, keys_of(kind.of, self.provider), path=path, written=written)

    def _list(self, value: object, kind: Records, *, path: KeyPath, written: KeyPath) -> Leaves:
        if kind.alone and isinstance(value, dict):
            return self.table(value, keys_of(kind.of, self.provider), path=path / 0, written=written)
        if not isinstance(value, list):
            also = "an object or a list" if kind.alone else "a list"
            raise self.at(written).error(f"must be {also} of objects, not {_type_of(value)}")
        leaves: Leaves = {} if value else {path: Leaf(raw=None, origin=self.at(written))}
        for index, entry in enumerate(value):
            if not isinstance(entry, dict):
                raise self.at(written / index).error(f"must be an object, not {_type_of(entry)}")
            leaves |= self._object(entry, kind, path=path / index, written=written / index)
        return leaves

    def _shorthand(self, word: str, kind: Record, *, path: KeyPath, origin: Origin) -> Leaves:
        name = kind.shorthand or ""
        key = keys_of(kind.of)[name]
        if word not in kind.words and isinstance(key.kind, Choice):
            choice = Choice(*key.kind.words, *kind.words, instead=key.kind.instead)
            try:
                check(choice, word, literal=origin.layer is not Layer.FILE)
            except Wrong as wrong:
                raise origin.error(str(wrong)) from None
        expanded = kind.words.get(word, {name: word})
        return {path / name: Leaf(raw=value, origin=origin) for name, value in expanded.items()}


def check(kind: Kind, raw: object, *, literal: bool) -> None:
    """Wrong unless the value will do; parts with `${NAME}` are left for when they are filled in, unless `literal`."""
    if literal:
        kind.read(raw)
        return
    if isinstance(raw, str):
        check_variables(raw)
        if has_variable(raw):
            one = kind.item if isinstance(kind, ListOf) and kind.alone else kind
            if not isinstance(one, Text) and not PLACEHOLDER.fullmatch(raw):
                raise kind.wrong(raw)
            return
        if isinstance(kind, SecretText):
            raise Wrong('is a secret and must come from the environment: write "${NAME}" and set that variable')
        if isinstance(kind, Url) and secrets_in(raw):
            what = "a token" if not _has_password(raw) else "a password"
            raise Wrong(f"has {what} in it, which must come from the environment: write ${{NAME}} for it")
    for text in _texts(raw):
        check_variables(text)
        if isinstance(kind, ListOf) and isinstance(kind.item, Url):
            check(kind.item, text, literal=False)
    if isinstance(kind, Headers) and isinstance(raw, dict):
        for name, value in raw.items():
            if is_sensitive(name) and not has_variable(value):
                raise Wrong(f'has "{name}", which must come from the environment: write "${{NAME}}"')
    kind.read(_without_variables(raw) if isinstance(kind, ListOf | StringMap | AnyMap) else raw)


def _has_password(url: str) -> bool:
    try:
        return bool(urlsplit(url).password)
    except ValueError:
        return False


def _texts(raw: object) -> Iterator[str]:
    if isinstance(raw, str):
        yield raw
    elif isinstance(raw, list | dict):
        for inner in raw.values() if isinstance(raw, dict) else raw:
            yield from _texts(inner)


def _without_variables(raw: Any) -> Any:
    if isinstance(raw, list):
        return [_without_variables(entry) for entry in raw if not has_variable(entry)]
    if isinstance(raw, dict):
        return {name: _without_variables(v) for name, v in raw.items() if not has_variable(v)}
    return raw


def _type_of(value: object) -> str:
    """What it is, without what it says: it may be a secret."""
    return {str: "a text", bool: "true or false", dict: "an object", list: "a list"}.get(type(value), "a number")


def _unknown(name: str, keys: Mapping[str, Key], path: KeyPath) -> str:
    within = ".".join(path.names)
    if instead := _refused.BY_PATH.get(within, {}).get(name):
        return f"Playwright Test's key has no meaning here: {instead}"
    if any(key.within for key in keys.values()) and (users := users_of(name)):
        return f"is an option of the provider {' or '.join(users)}, not of the one that is chosen here"
    if near := nearest(name, keys):
        return f'is not a key here; did you mean "{near}"?'
    if place := next((place for place in places() if place[-1] == name), None):
        return f"is not a key here; its place is {'.'.join(place)}"
    return f"is not a key here{did_you_mean(name, keys)}"
