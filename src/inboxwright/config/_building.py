"""Leaves made into the values of a project: variables filled in, types read, defaults added."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path as FilesystemPath
from typing import Any

from inboxwright.config import _variables
from inboxwright.config._flatten import Leaf, Leaves, Path
from inboxwright.config._inbox import InboxSettings, inbox_keys
from inboxwright.config._keys import Key, Record, Records, keys_of
from inboxwright.config._kinds import Kind, SecretText, Wrong
from inboxwright.config._kinds_special import FilePath
from inboxwright.config._origin import DEFAULT, Layer, Origin
from inboxwright.config._providers import options_of
from inboxwright.config._values import FrozenMap
from inboxwright.config._web_server import RUN_VARIABLES
from inboxwright.errors import ConfigError


@dataclass(slots=True, kw_only=True)
class Builder:
    """Builds the dataclasses of one project, and notes where each value came from."""

    leaves: Leaves
    environ: Mapping[str, str]
    root: FilesystemPath
    whose: str
    """The chosen project in words, for a missing variable."""
    origins: dict[str, Origin] = field(default_factory=dict)

    def record(self, of: type, path: Path) -> Any:
        """An instance of the dataclass, from the leaves below the path."""
        return of(**self.values(of, path))

    def values(self, of: type, path: Path) -> dict[str, Any]:
        """The dataclass's arguments, from the leaves below the path."""
        values: dict[str, Any] = {}
        for name, declared in keys_of(of).items():
            # what `accounts` may hold depends on the provider, which comes first
            key = inbox_keys(values.get("provider", "embedded"))[name] if of is InboxSettings else declared
            found, value = self._value(key, (*path, key.name))
            if found:
                values[key.attribute] = value
            elif key.required:
                raise self._missing_key(path, key.name, "is missing")
        if of is InboxSettings:
            values["options"] = self._options(values.get("provider", "embedded"), values.get("accounts", ()))
        return values

    def _value(self, key: Key, path: Path) -> tuple[bool, Any]:
        leaf = self.leaves.get(path)
        below = {other[: len(path) + 1] for other in self.leaves if other[: len(path)] == path and other != path}
        match key.kind:
            case Records(of=of) if below:
                return True, tuple(self.record(of, inner) for inner in sorted(below, key=lambda inner: int(inner[-1])))
            case Record(of=of) if below or (leaf is not None and leaf.raw == {}) or key.kind.merge:
                return True, self.record(of, path)
            case Kind() as kind if leaf is not None and leaf.raw is not None:
                return True, self._read(leaf, kind, path, deferred=key.deferred)
        self.origins[dotted(path)] = leaf.origin if leaf is not None else DEFAULT
        if key.nullable and leaf is not None:
            return True, None
        return False, None

    def _read(self, leaf: Leaf, kind: Kind, path: Path, *, deferred: bool) -> Any:
        raw, names = leaf.raw, tuple[str, ...]()
        if leaf.origin.layer is Layer.FILE:
            raw, names = self._filled(leaf.raw, leaf.origin, deferred=deferred)
        origin = replace(leaf.origin, variables=names)
        try:
            if names and isinstance(raw, str):
                raw = kind.from_text(raw)
            value = kind.read(raw)
        except Wrong as wrong:
            raise origin.error(_without_value(wrong, kind, names)) from None
        self.origins[dotted(path)] = origin
        if isinstance(kind, FilePath):
            base = FilesystemPath.cwd() if origin.layer is Layer.COMMAND_LINE else self.root
            return str((base / FilesystemPath(str(value)).expanduser()).resolve())
        return value

    def _filled(self, raw: Any, origin: Origin, *, deferred: bool) -> tuple[Any, tuple[str, ...]]:
        if isinstance(raw, str):
            later = RUN_VARIABLES if deferred else ()
            missing = self._missing(origin)
            return _variables.expand(raw, self.environ, missing=missing, later=later)
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

    def _options(self, provider: str, accounts: Sequence[Mapping[str, Any]]) -> FrozenMap[Any]:
        found: dict[str, Any] = {}
        for option in options_of(provider).values():
            path = ("inbox", option.name)
            present, value = self._value(option, path)
            if present:
                found[option.attribute] = value
            elif option.required and not (accounts and all(option.attribute in account for account in accounts)):
                also = f", or the variable {option.variable}" if option.variable else ""
                write = '"${NAME}"' if isinstance(option.kind, SecretText) else "it"
                problem = f'is missing, and the provider "{provider}" needs it; write {write} there{also}'
                raise self._missing_key(("inbox",), option.name, problem)
        return FrozenMap(found)

    def _missing_key(self, path: Path, name: str, problem: str) -> ConfigError:
        """An error at the object that lacks the key, as it is written there."""
        for other, leaf in self.leaves.items():
            if other[: len(path)] == path:
                written = leaf.origin.path.split(".")
                return leaf.origin.error(
                    problem, path=".".join([*written[: len(written) - len(other) + len(path)], name])
                )
        return DEFAULT.error(problem, path=dotted((*path, name)))


def dotted(path: Path) -> str:
    """`("webServer", "0", "url")` as `webServer[0].url`."""
    text = "".join(f"[{part}]" if part.isdigit() else f".{part}" for part in path)
    return text.removeprefix(".")


def _without_value(wrong: Wrong, kind: Kind, names: tuple[str, ...]) -> str:
    """A variable's value may be a secret: say its name instead."""
    if not names:
        return str(wrong)
    return f"must be {kind.says}, and ${{{'}, ${'.join(names)}}} does not make one"
