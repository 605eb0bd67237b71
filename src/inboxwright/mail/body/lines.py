"""Collect runs of visible characters into lines, and remember where links and set-apart words stand on them."""

from dataclasses import replace
from urllib.parse import urljoin

from inboxwright.mail.body.characters import REORDERED, clean
from inboxwright.mail.body.document import Anchor, Document, Line, Prominence
from inboxwright.mail.body.inherited import Seen

Mark = tuple[int, int]
"""A point in the output: index of a line and of a character on it."""

_LONGEST_LABEL = 400
_MOST_HIDDEN = 50
_MOST_SPANS = 300


class LineMaker:
    """Fill a document from front to back."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._pieces: list[str] = []
        self._length = 0
        self._space = True  # white space at the beginning of a line is not shown
        self._spans: list[tuple[int, int]] = []
        self._links: list[tuple[int, int, int]] = []
        self._anchor = -1
        self._anchor_start = 0
        self._seen: Seen | None = None
        self._gap = self._cell = False
        self._labels: dict[int, list[str]] = {}
        self._image_only: set[int] = set()
        self._fallback: dict[int, str] = {}
        self._areas: set[int] = set()

    def mark(self) -> Mark:
        """Where the next character will stand."""
        return len(self.document.lines), self._length

    def add(self, raw: str, seen: Seen, anchor: int) -> None:
        """Add characters as they are in the source."""
        hidden = seen.unseen()
        if anchor >= 0:
            self._label(anchor, raw, hidden)
        if hidden is not None:
            if len(self.document.hidden) < _MOST_HIDDEN and any(char.isdigit() for char in raw[:200]):
                self.document.hidden.append((" ".join(clean(raw[:200]).split()), hidden))
            return
        if seen.reordered:
            raw = REORDERED + raw
        if seen.pre and "\n" in raw:
            for index, piece in enumerate(raw.split("\n")):
                if index:
                    self.line_break()
                self._add(piece, seen)
        else:
            self._add(raw, seen)

    def _add(self, raw: str, seen: Seen) -> None:
        text = clean(raw)
        words = text.split()
        if not words:
            if text and not self._space:
                self._push(" ", seen)
            return
        folded = " ".join(words)
        if text[0].isspace() and not self._space:
            folded = " " + folded
        if text[-1].isspace():
            folded += " "
        self._push(folded, seen)

    def _push(self, text: str, seen: Seen) -> None:
        if self._seen is None:
            self._seen = seen
        self._pieces.append(text)
        self._length += len(text)
        self._space = text.endswith(" ")

    def _label(self, anchor: int, raw: str, hidden: str | None) -> None:
        if hidden is None:
            self._labels.setdefault(anchor, []).append(raw)
            self._image_only.discard(anchor)
        elif raw.strip() and anchor not in self._labels and self.document.anchors[anchor].hidden is None:
            self._fallback.setdefault(anchor, hidden)

    def image(self, alt: str, seen: Seen, anchor: int) -> None:
        """An image: its alternative text names the link around it but is not on the line."""
        if anchor >= 0 and seen.hidden is None:
            if not self._labels.get(anchor):
                self._image_only.add(anchor)
            self._labels.setdefault(anchor, []).append(f" {alt} ")

    def open_anchor(self, href: str, base: str, label: str, seen: Seen, *, area: bool = False) -> int:
        """A link begins; characters added with the returned number are its words."""
        self.close_anchor()
        self._anchor = len(self.document.anchors)
        self._anchor_start = self._length
        self.document.anchors.append(
            Anchor(
                part="html", url=_resolve(href, base), line=len(self.document.lines),
                hidden=seen.unseen() if seen.hidden else None, quoted=seen.quoted, footer=seen.footer,
            )
        )  # fmt: skip
        if area:
            self._areas.add(self._anchor)
        if label:
            self._fallback[-1 - self._anchor] = label
        return self._anchor

    def close_anchor(self) -> None:
        """The link's words are complete."""
        if self._anchor >= 0:
            if self._length > self._anchor_start:
                self._links.append((self._anchor_start, self._length, self._anchor))
            self._anchor = -1

    def button(self, anchor: int) -> None:
        """The link is drawn as a button."""
        self.document.anchors[anchor].button = True

    def filled_cell(self, mark: Mark) -> None:
        """A cell with a background of its own ends: when all its words are one link's, it is a button."""
        if mark[0] == len(self.document.lines) and len(self._links) >= 1:
            start, end, anchor = self._links[-1]
            if start <= mark[1] + 1 and end >= self._length - 1 and self._length > mark[1]:
                self.document.anchors[anchor].button = True

    def isolate(self, mark: Mark) -> None:
        """An inline element ends: its words are set apart from the rest of the line."""
        if (
            mark[0] == len(self.document.lines)
            and self._length > mark[1]
            and self._length - mark[1] < 80
            and len(self._spans) < _MOST_SPANS
        ):
            self._spans.append((mark[1], self._length))

    def line_break(self) -> None:
        """End the line within a paragraph."""
        self._flush()

    def block(self, *, gap: bool, cell: bool) -> None:
        """End the line at the edge of a block."""
        self._flush()
        self._gap = self._gap or gap
        self._cell = cell

    def _flush(self) -> None:
        if self._anchor >= 0:
            if self._length > self._anchor_start:
                self._links.append((self._anchor_start, self._length, self._anchor))
                self._labels.setdefault(self._anchor, []).append(" ")
            self._anchor_start = 0
        text = "".join(self._pieces).rstrip()
        if text and self._seen is not None:
            seen = self._seen
            self.document.lines.append(
                Line(
                    text=text, isolated=tuple(self._spans), anchors=tuple(self._links), quoted=seen.quoted,
                    footer=seen.footer, gap=self._gap, cell=self._cell, heading=seen.heading,
                )
            )  # fmt: skip
            self._gap = self._cell = False
        self._pieces.clear()
        self._spans.clear()
        self._links.clear()
        self._length, self._space, self._seen = 0, True, None

    def finish(self) -> None:
        """Complete the last line and give every link its words and its prominence."""
        self._flush()
        _join_cells(self.document)
        shared: set[int] = set()
        shown: set[int] = set()
        for index, line in enumerate(self.document.lines):
            for start, end, anchor in line.anchors:
                if anchor not in shown:
                    self.document.anchors[anchor].line = index
                    shown.add(anchor)
                if line.text[:start].strip(" \u2022*|>-\u2192\u203a") or line.text[end:].strip(" .!>\u2192\u203a|"):
                    shared.add(anchor)
        for number, found in enumerate(self.document.anchors):
            text = clean("".join(self._labels.get(number, ()))[: _LONGEST_LABEL * 10])
            found.text = " ".join(text.split())[:_LONGEST_LABEL] or self._fallback.get(-1 - number, "")
            if number not in shown and found.hidden is None:
                found.hidden = self._fallback.get(number) or self._nothing_to_click(number)
            found.picture = number in self._image_only
            if found.button and number not in shared:
                found.prominence = Prominence.BUTTON
            elif number not in shared and (number in shown or number in self._image_only):
                found.prominence = Prominence.ALONE

    def _nothing_to_click(self, number: int) -> str | None:
        """Why a link of no words can't be followed; a picture, an area and what has a label of its own can."""
        if number in self._image_only or -1 - number in self._fallback or number in self._areas:
            return None
        return "it has nothing to click"


def _resolve(href: str, base: str) -> str:
    """The URL as a browser reads the attribute: white space around and line breaks within are dropped."""
    url = href.strip().replace("\n", "").replace("\r", "").replace("\t", "")
    if base and "://" not in url[:12] and not url.lower().startswith(("mailto:", "tel:", "javascript:", "data:")):
        try:
            return urljoin(base.strip(), url)
        except ValueError:
            return url
    return url


_JOINTS = "-\u2010\u2011\u2012\u2013\u2014\u00b7\u2022"


def _join_cells(document: Document) -> None:
    """Merge runs of lines that hold a single character each, and of two or three cells of equally many digits."""
    lines = document.lines
    if not any(len(line.text) <= 4 for line in lines):
        return
    out: list[Line] = []
    moved: dict[int, int] = {}
    index = 0
    while index < len(lines):
        end = _run(lines, index)
        moved.update(dict.fromkeys(range(index, end), len(out)))
        out.append(_merged(lines[index:end]) if end > index + 1 else lines[index])
        index = end
    document.lines[:] = out
    for anchor in document.anchors:
        anchor.line = moved.get(anchor.line, anchor.line)


def _run(lines: list[Line], start: int) -> int:
    """The end of the run of lines that belong together, or start + 1."""
    end = start
    while end < len(lines) and end - start < 24 and _single(lines[end].text) and not lines[end].anchors:
        end += 1
    characters = sum(line.text.isalnum() for line in lines[start:end])
    if 4 <= characters <= 10 and lines[start].text.isalnum():
        while not lines[end - 1].text.isalnum():
            end -= 1
        return end
    size = len(lines[start].text)
    end = start
    while (
        end < min(len(lines), start + 5)
        and lines[end].cell
        and lines[end].text.isdigit()
        and len(lines[end].text) == size
    ):
        end += 1
    return end if 2 <= end - start <= 3 and 2 <= size <= 4 and size * (end - start) >= 6 else start + 1


def _single(text: str) -> bool:
    return len(text) == 1 and (text.isalnum() or text in _JOINTS)


def _merged(lines: list[Line]) -> Line:
    glue = "" if len(lines[0].text) == 1 else " "
    text = glue.join(line.text for line in lines)
    return replace(lines[0], text=text, isolated=((0, len(text)),), anchors=())
