"""One declaration a key: the dataclass field carries what the file may hold, so that model, loader and schema agree."""

import dataclasses
import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from inboxwright.config._kinds import Kind

_METADATA = "inboxwright"
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
    """One object with known keys, or a list of them: `webServer`."""

    of: type


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """One key of the configuration."""

    name: str
    """As in the file."""
    attribute: str
    kind: Kind | Record | Records
    about: str
    required: bool = False
    nullable: bool = False
    """null is a value of its own, as for `viewport`."""
    merge: bool = False
    """Entries of an object are laid over those above rather than replacing them."""
    deferred: bool = False
    """`${SMTP_PORT}` and the other values of the run are filled in when the run has them."""
    variable: str | None = None
    """The vendor's own environment variable."""


def key(
    kind: Kind | Record | Records,
    about: str,
    *,
    name: str | None = None,
    default: object = dataclasses.MISSING,
    factory: Any = dataclasses.MISSING,
    nullable: bool = False,
    merge: bool = False,
    deferred: bool = False,
) -> Any:
    """A dataclass field for one key; without a default the key is required."""
    declared = {"kind": kind, "about": about, "name": name, "nullable": nullable}
    declared |= {"merge": merge, "deferred": deferred}
    metadata = {_METADATA: declared}
    if factory is not dataclasses.MISSING:
        return dataclasses.field(default_factory=factory, metadata=metadata)
    if default is not dataclasses.MISSING:
        return dataclasses.field(default=default, metadata=metadata)
    return dataclasses.field(metadata=metadata)


@cache
def keys_of(of: type) -> Mapping[str, Key]:
    """The keys that a dataclass declares, by their name in the file."""
    found: dict[str, Key] = {}
    for field in dataclasses.fields(of):
        declared = field.metadata.get(_METADATA)
        if declared is None:
            continue
        missing = dataclasses.MISSING
        required = field.default is missing and field.default_factory is missing
        name = declared["name"] or camel(field.name)
        rest = {word: declared[word] for word in ("kind", "about", "nullable", "merge", "deferred")}
        found[name] = Key(name=name, attribute=field.name, required=required, **rest)
    return found


def camel(attribute: str) -> str:
    """`action_timeout` is `actionTimeout` in the file."""
    first, *rest = attribute.split("_")
    return first + "".join(word.capitalize() for word in rest)


def snake(name: str) -> str:
    """`ignoreHTTPSErrors` is `ignore_https_errors` in Python and in environment variables."""
    return _WORD_START.sub("_", name).lower()
