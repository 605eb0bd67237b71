"""One place where something shaped like a code stands, and what is known of it."""

import re
from dataclasses import dataclass
from enum import IntEnum

from inboxwright.mail.codes.shapes import Shape
from inboxwright.mail.urls.tokens import mask_code, mask_text
from inboxwright.mail.words.vocabulary import Word

_CAPITALS = re.compile(r"[A-Z]{3,}(?:-[A-Z]{3,})*")


class Evidence(IntEnum):
    """How sure it is that this is a code."""

    NONE = 0
    SHAPE = 1
    """Alone on its line, and nothing says otherwise."""
    NAMED = 2
    """The words beside it say so."""
    SURE = 3
    """They say so, and it is set apart."""


@dataclass(slots=True, kw_only=True)
class Sighting:
    """One place where something shaped like a code stands."""

    part: str
    line: int
    shape: Shape
    text: str
    """The line as it is printed."""
    alone: bool = False
    apart: bool = False
    """Set apart by an element, quotes or a colon before it."""
    label: str = ""
    """The words that introduce it."""
    password: bool = False
    """They call it a password, and it has letters."""
    evidence: Evidence = Evidence.NONE
    called: Word | None = None
    """The word that calls it a code."""
    doubt: str | None = None
    """What the words beside it say that it is instead; a caller's label outweighs it."""
    doubted: Word | None = None
    """The word that says so."""
    reason: str | None = None

    @property
    def value(self) -> str:
        """What would be typed."""
        return self.shape.value

    @property
    def excerpt(self) -> str:
        """The words around it, with it and whatever else may be a secret masked."""
        text, shape = self.text, self.shape
        start, end = max(0, shape.start - 40), min(len(text), shape.end + 30)
        before, printed, after = text[start : shape.start], text[shape.start : shape.end], text[shape.end : end]
        masked = _masked(before) + mask_code(printed) + _masked(after)
        return f"{'…' if start else ''}{masked}{'…' if end < len(text) else ''}"

    @property
    def compact(self) -> str:
        """For comparing: without hyphens, and without the letters of the sender before digits."""
        value = self.value.partition("-")[2] if self.shape.prefixed else self.value
        return value.replace("-", "")


def _masked(words: str) -> str:
    """Another code may stand beside it, perhaps of capitals only."""
    return _CAPITALS.sub(lambda match: mask_code(match[0]), mask_text(words))
