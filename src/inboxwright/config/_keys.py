"""One declaration a key: the dataclass field carries what the file may hold, so that model, loader and schema agree."""

import dataclasses
import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from inboxwright.config._kinds import FrozenMap, Kind

_METADATA = "inboxwright"
_MISSING = dataclasses.MISSING
_WORD_START = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """An object with known keys; it replaces the one above, as in Playwright Test, unless it is to `merge` with it."""

    of: type
    shorthand: str | None = None
    """The key that a plain word stands for, as in `"trace": "on"`."""
    words: Mapping[str, Mapping[str, object]] = dataclasses.field(default_factory=dict)
    """Words that stand for more than one key."""
    merge: bool = False


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """A list of objects with known keys."""

    of: type
    alone: bool = False
    """One object may stand without a list, and is then laid over the one above: `webServer`."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """One key of the configuration."""

    name: str
    """As in the file."""
    attribute: str
    kind: Kind | Record | Records
    about: str
    default: object = None
    required: bool = False
    nullable: bool = False
    """null is a value of its own, as for `viewport`."""
    merge: bool = False
    """Entries of an object are laid over those above rather than replacing them."""
    deferred: bool = False
    """`${SMTP_PORT}` and the other values of the run are filled in when the run has them."""
    instead_of: str | None = None
    """The key beside it whose place it takes, as `port` takes that of `url`."""
    variable: str | None = None
    """The vendor's own environment variable."""
    within: str | None = None
    """For an option of a provider: the mapping that holds it, by `attribute`."""

    def of(self, instance: object) -> Any:
        """Its value in an instance of the dataclass that declares it; None for an option that was not given."""
        if self.within is None:
            return getattr(instance, self.attribute)
        return getattr(instance, self.within).get(self.attribute)


def key(
    kind: Kind | Record | Records,
    about: str,
    *,
    name: str | None = None,
    default: object = _MISSING,
    factory: Any = _MISSING,
    nullable: bool = False,
    merge: bool = False,
    deferred: bool = False,
    instead_of: str | None = None,
    variable: str | None = None,
) -> Any:
    """A dataclass field for one key; without a default the key is required."""
    declared = Key(
        name=name or "",
        attribute="",  # which the field has, once it has one
        kind=kind,
        about=about,
        nullable=nullable,
        merge=merge,
        deferred=deferred,
        instead_of=instead_of,
        variable=variable,
    )
    metadata = {_METADATA: declared}
    if factory is not _MISSING:
        return dataclasses.field(default_factory=factory, metadata=metadata)
    return dataclasses.field(default=default, metadata=metadata)


def beside(of: Mapping[str, type]) -> Any:
    """A dataclass field for the options of a provider: in the file, keys beside those of the dataclass."""
    return dataclasses.field(default_factory=FrozenMap, metadata={_METADATA: of})


def keys_of(of: type, provider: str | None = None) -> Mapping[str, Key]:
    """The keys that a dataclass declares, by their name in the file; those of all providers unless one is named."""
    return _keys_of(of, provider)


@cache
def _keys_of(of: type, provider: str | None) -> Mapping[str, Key]:
    found: dict[str, Key] = {}
    for field in dataclasses.fields(of):
        match field.metadata.get(_METADATA):
            case Key() as declared:
                name = declared.name or camel(field.name)
                required = field.default is _MISSING and field.default_factory is _MISSING
                default = None if field.default is _MISSING else field.default
                found[name] = dataclasses.replace(
                    declared, name=name, attribute=field.name, required=required, default=default
                )
            case dict() as providers:
                chosen = [providers[provider]] if provider in providers else providers.values()
                for name, option in (pair for each in chosen for pair in _keys_of(each, None).items()):
                    found.setdefault(name, dataclasses.replace(option, within=field.name))
    return found


def camel(attribute: str) -> str:
    """`action_timeout` is `actionTimeout` in the file."""
    first, *rest = attribute.split("_")
    return first + "".join(word.capitalize() for word in rest)


def snake(name: str) -> str:
    """`ignoreHTTPSErrors` is `ignore_https_errors` in Python and in environment variables."""
    return _WORD_START.sub("_", name).lower()
