"""What a fault rule can say, and how its JSON is read. One kind of fault, one entry in KINDS."""

import fnmatch
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from inboxwright.address import normal

_TEXTS = {
    "550": "5.1.1 No such user here",
    "551": "5.1.6 User not local",
    "552": "5.2.2 Mailbox full",
    "553": "5.1.3 Mailbox name not allowed",
    "554": "5.7.1 Message refused",
    "421": "4.3.2 Service not available, closing the connection",
    "450": "4.2.1 Mailbox unavailable",
    "451": "4.3.0 Local error, try again later",
    "452": "4.2.2 Mailbox full",
}


class RuleError(ValueError):
    """The JSON is not a fault rule; the text names the field and the remedy."""


def _one_of(*values: object) -> Callable[[str, Any], Any]:
    def check(name: str, value: Any) -> Any:
        if value not in values or isinstance(value, bool):
            raise RuleError(f"{name} must be one of {', '.join(map(repr, values))}, not {value!r}")
        return value

    return check


def _number(least: int, most: int) -> Callable[[str, Any], int]:
    def check(name: str, value: Any) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            raise RuleError(f"{name} must be a whole number from {least} to {most}, not {value!r}")
        return value

    return check


def _text(name: str, value: Any) -> str:
    if not isinstance(value, str) or not value.isprintable() or not value.isascii() or len(value) > 400:
        raise RuleError(f"{name} must be one line of printable ASCII, at most 400 characters, not {value!r}")
    return value


_DAY = 24 * 60 * 60 * 1000
_COUNT = _number(1, 1_000_000)

KINDS: Mapping[str, Mapping[str, tuple[object, Callable[[str, Any], Any]]]] = {
    "refuse": {
        "at": ("rcpt", _one_of("rcpt", "data")),
        "code": (550, _number(400, 599)),
        "text": ("", _text),
    },
    "greylist": {"delay": (1000, _number(0, _DAY))},
    "delay": {"delay": (1000, _number(1, _DAY))},
    "duplicate": {"copies": (2, _number(2, 100))},
    "reorder": {"window": (2, _number(2, 100)), "delay": (2000, _number(1, _DAY))},
    "drop": {"when": ("before", _one_of("before", "after"))},
    "corrupt": {"part": ("boundary", _one_of("boundary", "encoding", "charset", "header", "truncate"))},
}
"""Fields of every kind, with the default and the check of each. Durations are milliseconds."""


@dataclass(slots=True, kw_only=True, eq=False)
class Rule:
    """One fault. `left` and `hits` change as it is applied."""

    id: str
    address: str
    kind: str
    fields: dict[str, Any]
    count: int | None = None
    """How often it is applied at most; None means until it is removed."""
    skip: int = 0
    """How many times it lets pass first."""
    hits: int = 0
    """How often it was applied."""
    passed: int = 0
    state: dict[Any, Any] = field(default_factory=dict)
    """What the kind remembers between messages."""
    _pattern: re.Pattern[str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        # Square brackets belong to address literals such as a@[127.0.0.1]: only * and ? are special.
        self._pattern = re.compile(fnmatch.translate(self.address.replace("[", "[[]")))

    def matches(self, address: str) -> bool:
        """Whether it is about this (normalised) address."""
        return self._pattern.match(address) is not None

    def take(self) -> bool:
        """Whether it applies now; counts that it was."""
        if self.count is not None and self.hits >= self.count:
            return False
        if self.passed < self.skip:
            self.passed += 1
            return False
        self.hits += 1
        return True

    @property
    def reply(self) -> str:
        """What a refusal answers."""
        code = str(self.fields["code"])
        text = self.fields["text"] or _TEXTS.get(code, f"{code[0]}.0.0 Refused on demand")
        return f"{code} {text}"

    def as_json(self) -> dict[str, Any]:
        """As it is shown over HTTP."""
        shown = {"id": self.id, "address": self.address, "kind": self.kind, **self.fields}
        return shown | {"count": self.count, "skip": self.skip, "hits": self.hits}


def parse(number: int, wanted: Any) -> Rule:
    """A rule from JSON. Raises RuleError."""
    if not isinstance(wanted, dict):
        raise RuleError("a fault is a JSON object")
    kind = _one_of(*KINDS)("kind", wanted.get("kind"))
    spec = KINDS[kind]
    unknown = sorted(set(wanted) - set(spec) - {"kind", "address", "count", "skip"})
    if unknown:
        raise RuleError(f"a {kind} fault knows no {unknown[0]!r}; its fields are {', '.join(sorted(spec))}")
    address = wanted.get("address")
    if not isinstance(address, str) or not address:
        raise RuleError("address must be an address, or a pattern with * and ?")
    given = {name: wanted.get(name, default) for name, (default, _) in spec.items()}
    count = wanted.get("count")
    return Rule(
        id=f"f{number}",
        address=normal(address),
        kind=kind,
        fields={name: spec[name][1](name, value) for name, value in given.items()},
        count=None if count is None else _COUNT("count", count),
        skip=_number(0, 1_000_000)("skip", wanted.get("skip", 0)),
    )
