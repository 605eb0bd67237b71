"""Leaves made into the values of a project: variables filled in, types read, defaults added."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from inboxwright.config._flatten import Leaf, Leaves, key_at
from inboxwright.config._keys import Key, Record, Records, keys_of
from inboxwright.config._kinds import FrozenMap, Kind, Wrong, expand
from inboxwright.config._kinds_special import FilePath
from inboxwright.config._reading import DEFAULT, KeyPath, Layer, Origin
from inboxwright.config._secret_values import said, taken
from inboxwright.config._secrets import Secret
from inboxwright.config._use import RUN_VARIABLES
from inboxwright.errors import ConfigError

_PROVIDER = KeyPath.of("inbox", "provider")


@dataclass(slots=True, kw_only=True)
class Builder:
    """Builds the dataclasses of one project, and notes where each value came from."""

    leaves: Leaves
    environ: Mapping[str, str]
    root: Path
    whose: str
    """The chosen project in words, for a missing variable."""
    origins: dict[str, Origin] = field(default_factory=dict)
    """Of each value and each object, by its path."""
    secrets: dict[Secret, None] = field(default_factory=dict)
    """What variables held, where that may be a secret."""

    def provider(self) -> str:
        """Whose options `inbox` holds."""
        key = key_at(_PROVIDER)
        return str(self._value(key, _PROVIDER, None)[1] or key.default)

    def values(self, of: type, path: KeyPath, provider: str) -> dict[str, Any]:
        """The dataclass's arguments, from the leaves below the path."""
        values: dict[str, Any] = {}
        for name, key in keys_of(of, provider).items():
            found, value = self._value(key, path / name, provider)
            if found and key.within is not None:
                values.setdefault(key.within, {})[key.attribute] = value
            elif found:
                values[key.attribute] = value
            elif key.required and key.within is None:
                raise self._place(path).error("is missing", path=self._place(path).path / name)
        return {name: FrozenMap(value) if isinstance(value, dict) else value for name, value in values.items()}

    def _record(self, of: type, path: KeyPath, provider: str) -> Any:
        self.origins[str(path)] = self._place(path)
        return of(**self.values(of, path, provider))

    def _value(self, key: Key, path: KeyPath, provider: str | None) -> tuple[bool, Any]:
        leaf = self.leaves.get(path)
        below = {KeyPath(other[: len(path) + 1]) for other in self.leaves if other.is_within(path) and other != path}
        match key.kind:
            case Records(of=of) if below and provider:
                self.origins[str(path)] = self._place(path)
                return True, tuple(self._record(of, entry, provider) for entry in sorted(below))
            case Record(of=of) if (below or (leaf and leaf.raw == {}) or key.kind.merge) and provider:
                return True, self._record(of, path, provider)
            case Kind() as kind if leaf is not None and leaf.raw is not None:
                return True, self._read(leaf, kind, path, deferred=key.deferred)
        self.origins[str(path)] = leaf.origin if leaf is not None else DEFAULT
        if key.nullable and leaf is not None:
            return True, None
        return False, None

    def _read(self, leaf: Leaf, kind: Kind, path: KeyPath, *, deferred: bool) -> Any:
        raw, names, found = leaf.raw, tuple[str, ...](), dict[Secret, None]()
        if leaf.origin.layer is Layer.FILE:
            raw, names = self._filled(leaf.raw, leaf.origin, deferred=deferred)
            found = dict.fromkeys(map(Secret, taken(kind, leaf.raw, self.environ)))
        elif leaf.origin.layer is Layer.ENVIRONMENT and not deferred:
            found = dict.fromkeys(map(Secret, said(kind, raw)))
        origin = replace(leaf.origin, variables=names)
        try:
            if names and isinstance(raw, str):
                raw = kind.from_text(raw)
            value = kind.read(raw)
        except Wrong as wrong:
            raise origin.error(_without_value(wrong, kind, names)) from None
        self.origins[str(path)] = origin
        self.secrets |= found
        if isinstance(value, FrozenMap):
            return FrozenMap({name: _masked(text, found) for name, text in value.items()})
        if isinstance(kind, FilePath):
            base = Path.cwd() if origin.layer is Layer.COMMAND_LINE else self.root
            return str((base / Path(str(value)).expanduser()).resolve())
        return value

    def _filled(self, raw: Any, origin: Origin, *, deferred: bool) -> tuple[Any, tuple[str, ...]]:
        if isinstance(raw, str):
            later = RUN_VARIABLES if deferred else ()
            return expand(raw, self.environ, missing=self._missing(origin), later=later)
        if isinstance(raw, list):
            parts = [self._filled(entry, origin, deferred=deferred) for entry in raw]
            return [part[0] for part in parts], tuple(name for part in parts for name in part[1])
        if isinstance(raw, dict):
            pairs = {name: self._filled(entry, origin, deferred=deferred) for name, entry in raw.items()}
            return {name: p[0] for name, p in pairs.items()}, tuple(n for p in pairs.values() for n in p[1])
        return raw, ()

    def _missing(self, origin: Origin) -> Any:
        def error(name: str, state: str) -> ConfigError:
            return origin.error(f"the environment variable {name} {state}, and {self.whose} needs it; set it")

        return error

    def _place(self, path: KeyPath) -> Origin:
        """Where an object is, as it is written there: by the first of its keys."""
        for other, leaf in self.leaves.items():
            if other.is_within(path):
                written = leaf.origin.path
                return replace(leaf.origin, path=KeyPath(written[: len(written) - len(other) + len(path)]))
        return replace(DEFAULT, path=path)


def _masked(value: object, found: Iterable[str]) -> object:
    """The value of a header or variable; one that is not shown where a secret is in it."""
    return Secret(value) if isinstance(value, str) and any(secret in value for secret in found) else value


def _without_value(wrong: Wrong, kind: Kind, names: tuple[str, ...]) -> str:
    """A variable's value may be a secret: say its name instead."""
    if not names:
        return str(wrong)
    return f"must be {kind.says}, and ${{{'}, ${'.join(names)}}} does not make one"
