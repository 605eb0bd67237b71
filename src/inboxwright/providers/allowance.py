"""What an account has left of a limit, as its mail system says at the moment."""

from dataclasses import dataclass
from typing import Literal

Unit = Literal["messages", "addresses", "bytes"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """One limit; `str()` is for people: "40 of 50 messages", "1.5 MB of 10 MB of storage"."""

    unit: Unit
    left: int
    """0 or more."""
    limit: int
    what: str = ""
    """What the bytes are for."""

    @classmethod
    def of(cls, unit: Unit, *, used: int, limit: int, what: str = "") -> "Allowance":
        """From what is used, which may be more than the limit."""
        return cls(unit=unit, left=max(limit - used, 0), limit=limit, what=what)

    def __str__(self) -> str:
        if self.unit == "bytes":
            return f"{_size(self.left)} of {_size(self.limit)} of {self.what or 'storage'}"
        return f"{self.left} of {self.limit} {self.what or self.unit}"


def _size(size: float) -> str:
    for unit in ("bytes", "kB", "MB", "GB"):
        if size < 1000 or unit == "GB":
            break
        size /= 1000
    return f"{size:.3g} {unit}"
