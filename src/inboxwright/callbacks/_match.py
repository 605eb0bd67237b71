"""What a call has to be, and in what another one differs."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from inboxwright.callbacks._call import Call
from inboxwright.callbacks._signatures import Scheme

_LONGEST = 120
"""Characters of one value in a difference."""
Text = str | re.Pattern[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class CallCriteria:
    """All of these have to hold. `json` and `headers` are subsets; a pattern is searched in a string."""

    method: str | None = None
    path: Text | None = None
    json: Any = None
    headers: Mapping[str, Text] | None = None
    where: Callable[[Call], object] | None = None
    signed: Scheme | None = None

    def differences(self, call: Call) -> list[str]:
        """In what a call is not what is wanted, the signature aside; nothing for one that fits."""
        found = [*self._of_request(call)]
        if self.json is not None:
            try:
                found += _differences("json", self.json, call.json)
            except ValueError:
                found.append(f"its body is no JSON: {_shown(call.text)}")
        if not found and self.where is not None and not self.where(call):
            found.append("`where` says no")
        return found

    def _of_request(self, call: Call) -> Iterator[str]:
        if self.method is not None and call.method != self.method.upper():
            yield f"method is {call.method}, not {self.method.upper()}"
        if self.path is not None and not _equal(self.path, call.path):
            yield f"path is {call.path!r}, not {_shown(self.path)}"
        for name, wanted in (self.headers or {}).items():
            value = call.headers.get(name.lower())
            if value is None:
                yield f"header {name} is missing"
            elif not _equal(wanted, value):
                yield f"header {name} is {_shown(value)}, not {_shown(wanted)}"

    def __str__(self) -> str:
        parts = [
            f"{name}={_shown(value)}"
            for name in ("method", "path", "json", "headers", "signed")
            if (value := getattr(self, name)) is not None
        ]
        if self.where is not None:
            parts.append("where=…")
        return f" with {', '.join(parts)}" if parts else ""


def _differences(place: str, wanted: Any, value: Any) -> Iterator[str]:
    if isinstance(wanted, Mapping):
        if not isinstance(value, Mapping):
            yield f"{place} is {_shown(value)}, not an object"
            return
        for name, inner in wanted.items():
            if name not in value:
                yield f"{place}.{name} is missing (there are {', '.join(map(str, value)) or 'no fields'})"
            else:
                yield from _differences(f"{place}.{name}", inner, value[name])
    elif isinstance(wanted, list | tuple):
        if not isinstance(value, list) or len(value) != len(wanted):
            yield f"{place} is {_shown(value)}, not a list of {len(wanted)}"
            return
        for number, (one, other) in enumerate(zip(wanted, value, strict=True)):
            yield from _differences(f"{place}[{number}]", one, other)
    elif not _equal(wanted, value):
        yield f"{place} is {_shown(value)}, not {_shown(wanted)}"


def _equal(wanted: Any, value: Any) -> bool:
    if isinstance(wanted, re.Pattern):
        return isinstance(value, str) and wanted.search(value) is not None
    if isinstance(wanted, bool) or isinstance(value, bool):  # JSON's true is not its 1
        return wanted is value
    return bool(wanted == value)


def _shown(value: Any) -> str:
    text = f"/{value.pattern}/" if isinstance(value, re.Pattern) else repr(value)
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"
