"""What a person sees of a mail, alike for text and HTML: lines, the links on them, and what is set apart."""

from dataclasses import dataclass, field
from enum import IntEnum


class Prominence(IntEnum):
    """How a link is set apart from the words around it."""

    INLINE = 1
    """Within a sentence."""
    ALONE = 2
    """The only thing on its line."""
    BUTTON = 3
    """Drawn as a button."""


@dataclass(slots=True, kw_only=True)
class Anchor:
    """One place where a link stands."""

    part: str
    """"text" or "html"."""
    url: str
    line: int
    """Index of its line in the document."""
    text: str = ""
    """Its own words, or in a text body those that introduce it."""
    button: bool = False
    """An element of it is drawn as one."""
    hidden: str | None = None
    """Why a person does not see it, or None."""
    quoted: bool = False
    footer: bool = False
    suspect: str | None = None
    """Why its spelling cannot be trusted, or None."""
    prominence: Prominence = Prominence.INLINE
    picture: bool = False
    """Nothing but an image."""
    shows_url: bool = False
    """Its words are the URL itself, to be copied."""

    @property
    def unseen(self) -> str | None:
        """Why a person would not follow it here, or None."""
        if self.hidden is not None:
            return f"hidden ({self.hidden})"
        return "in quoted older mail" if self.quoted else self.suspect


@dataclass(slots=True, kw_only=True)
class Line:
    """One visible line: a block of HTML, or a paragraph's line of text."""

    text: str
    isolated: tuple[tuple[int, int], ...] = ()
    """Spans that one element sets apart from the rest of the line."""
    anchors: tuple[tuple[int, int, int], ...] = ()
    """(start, end, index into the document's anchors)."""
    quoted: bool = False
    footer: bool = False
    gap: bool = False
    """A paragraph, not just a line, ends before it."""
    cell: bool = False
    """A table cell that shares its row with others."""
    heading: bool = False


@dataclass(slots=True, kw_only=True)
class Document:
    """One body as a person sees it."""

    part: str
    """"text" or "html"."""
    lines: list[Line] = field(default_factory=list)
    anchors: list[Anchor] = field(default_factory=list)
    hidden: list[tuple[str, str]] = field(default_factory=list)
    """Words that a person does not see, and why; only as many as a refusal can name."""
