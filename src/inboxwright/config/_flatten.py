"""A JSON object checked against its keys, as leaves: one value and its origin for each path."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from inboxwright.config import _refused, _variables
from inboxwright.config._accounts import Accounts
from inboxwright.config._inbox import InboxSettings, inbox_keys
from inboxwright.config._keys import Key, Record, Records, keys_of
from inboxwright.config._kinds import PLACEHOLDER, Choice, Kind, ListOf, SecretText, Text, Url, Wrong, shown
from inboxwright.config._kinds_special import AnyMap, Headers, StringMap
from inboxwright.config._origin import Layer, Origin, did_you_mean, nearest
from inboxwright.config._places import places_of
from inboxwright.config._providers import users_of
from inboxwright.config._reading import Spot
from inboxwright.config._sensitive import is_sensitive, secrets_in

Path = tuple[str, ...]
"""A key from the top of a project: `("webServer", "0", "command")`."""
Leaves = dict[Path, "Leaf"]
At = Callable[[Spot], Origin]
"""Where a spot of the source is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """One value as its source gave it. `None` takes away what lower layers said."""

    raw: Any
    origin: Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class Flattener:
    """Takes objects of one source apart. Raises ConfigError for an unknown key, a wrong type or a literal secret."""

    at: At
    provider: str | None
    """Whose options `inbox` may hold, unless it names another provider; None for any."""

    def table(self, raw: object, keys: Mapping[str, Key], *, path: Path = (), spot: Spot = ()) -> Leaves:
        """All leaves of one object."""
        if not isinstance(raw, dict):
            raise self.at(spot).error(f"must be an object, not {shown(raw)}")
        leaves: Leaves = {}
        for name, value in raw.items():
            inner = (*spot, name)
            if name not in keys:
                raise self.at(inner).error(_unknown(name, keys, path))
            leaves.update(self.key(value, keys[name], path=(*path, name), spot=inner))
        return leaves

    def key(self, value: object, key: Key, *, path: Path, spot: Spot) -> Leaves:
        """The leaves of one key's value."""
        origin = self.at(spot)
        if value is None:
            return {path: Leaf(raw=None, origin=origin)}
        match key.kind:
            case Records(of=of):
                listed = value if isinstance(value, list) else None
                entries = [(spot, value)] if listed is None else [((*spot, n), v) for n, v in enumerate(listed)]
                leaves: Leaves = {} if entries else {path: Leaf(raw=None, origin=origin)}
                for index, (inner, entry) in enumerate(entries):
                    leaves |= self.table(entry, keys_of(of), path=(*path, str(index)), spot=inner)
                return leaves
            case Record() as kind:
                if isinstance(value, str) and kind.shorthand:
                    return self._shorthand(value, kind, path=path, spot=spot)
                if value == {}:
                    return {path: Leaf(raw={}, origin=origin)}
                return self.table(value, self._keys(kind, value), path=path, spot=spot)
            case kind:
                try:
                    check(kind, value, literal=origin.layer is not Layer.FILE)
                except Wrong as wrong:
                    raise origin.error(str(wrong)) from None
                return {path: Leaf(raw=value, origin=origin)}

    def _keys(self, kind: Record, value: object) -> Mapping[str, Key]:
        if kind.of is not InboxSettings:
            return keys_of(kind.of)
        named = value.get("provider") if isinstance(value, dict) else None
        return inbox_keys(self.provider if named is None else named)

    def _shorthand(self, word: str, kind: Record, *, path: Path, spot: Spot) -> Leaves:
        origin, name = self.at(spot), kind.shorthand or ""
        key = keys_of(kind.of)[name]
        if word not in kind.words and isinstance(key.kind, Choice):
            choice = Choice(*key.kind.words, *kind.words, instead=key.kind.instead)
            try:
                check(choice, word, literal=origin.layer is not Layer.FILE)
            except Wrong as wrong:
                raise origin.error(str(wrong)) from None
        expanded = kind.words.get(word, {name: word})
        return {(*path, name): Leaf(raw=value, origin=origin) for name, value in expanded.items()}


def check(kind: Kind, raw: object, *, literal: bool) -> None:
    """Wrong unless the value will do; parts with `${NAME}` are left for when they are filled in, unless `literal`."""
    if literal:
        kind.read(raw)
        return
    if isinstance(raw, str):
        _variables.check(raw)
        if _variables.has_variable(raw):
            one = kind.item if isinstance(kind, ListOf) and kind.alone else kind
            if not isinstance(one, Text) and not PLACEHOLDER.fullmatch(raw):
                raise kind.wrong(raw)
            return
        if isinstance(kind, SecretText):
            raise Wrong('is a secret and must come from the environment: write "${NAME}" and set that variable')
        if isinstance(kind, Url) and secrets_in(raw):
            what = "a token" if not _has_password(raw) else "a password"
            raise Wrong(f"has {what} in it, which must come from the environment: write ${{NAME}} for it")
    if isinstance(kind, Accounts):
        kind.check(raw, lambda inner, value: check(inner, value, literal=False))
        return
    for text in _texts(raw):
        _variables.check(text)
        if isinstance(kind, ListOf) and isinstance(kind.item, Url):
            check(kind.item, text, literal=False)
    if isinstance(kind, Headers) and isinstance(raw, dict):
        for name, value in raw.items():
            if is_sensitive(name) and not _variables.has_variable(value):
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
        return [_without_variables(entry) for entry in raw if not _variables.has_variable(entry)]
    if isinstance(raw, dict):
        return {name: _without_variables(v) for name, v in raw.items() if not _variables.has_variable(v)}
    return raw


def _unknown(name: str, keys: Mapping[str, Key], path: Path) -> str:
    within = ".".join(part for part in path if not part.isdigit())
    if instead := _refused.BY_PATH.get(within, {}).get(name):
        return f"Playwright Test's key has no meaning here: {instead}"
    if within == "inbox" and (users := users_of(name)):
        return f"is an option of the provider {' or '.join(users)}, not of the one that is chosen here"
    if near := nearest(name, keys):
        return f'is not a key here; did you mean "{near}"?'
    if place := next((place for place in places_of(name)), None):
        return f"is not a key here; its place is {place}"
    return f"is not a key here{did_you_mean(name, keys)}"
