"""A check: a small function over a trial, with its name and its source."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from inboxwright.checks._answers import Answer
from inboxwright.checks._trial import Trial

Kind = Literal["active", "passive"]
"""Active: it acts against the application (forges, repeats, replays). Passive: it looks at what a test does anyway."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One question about a journey."""

    name: str
    source: str
    """Where the requirement stands: `ASVS-6.6.2` is OWASP's Application Security Verification Standard 5.0.0."""
    kind: Kind
    question: str
    """What must hold, in one sentence."""
    ask: Callable[[Trial[Any]], Answer]

    @property
    def id(self) -> str:
        """As it stands in a test's name and in the documentation."""
        return f"{self.name} {self.source}"


def check(*, source: str, kind: Kind) -> Callable[[Callable[[Trial[Any]], Answer]], Check]:
    """Make a check of a function: its name and the first line of its docstring are the check's."""

    def make(ask: Callable[[Trial[Any]], Answer]) -> Check:
        question = (ask.__doc__ or "").strip().partition("\n")[0]
        return Check(name=ask.__name__.replace("_", "-"), source=source, kind=kind, question=question, ask=ask)

    return make
