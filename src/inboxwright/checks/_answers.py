"""What a check says: it holds, a finding, or that it cannot be told. Never a guess."""

from dataclasses import dataclass
from typing import Literal

Severity = Literal["high", "medium", "low"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Holds:
    """The flow is safe in this respect; `seen` is what was tried and how the application answered."""

    seen: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """The flow is not safe in this respect."""

    severity: Severity
    evidence: str
    """What was done and what came of it, without tokens."""
    remedy: str
    """What the application's owner should do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CannotTell:
    """The question could not be asked, or its answer means nothing here."""

    why: str


Answer = Holds | Finding | CannotTell
