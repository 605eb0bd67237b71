"""The one word that stands where the caller says: a mailed password, a user name, a number of any shape."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from inboxwright.errors import Candidate
from inboxwright.mail.body.document import Document, Line
from inboxwright.mail.refusal import refusal
from inboxwright.mail.urls.tokens import mask_text

_PAIRS = dict(zip("\"'\u201c\u201e\u00ab\u2018\u300c<`", "\"'\u201d\u201c\u00bb\u2019\u300d>`", strict=True))
"""Quotation marks, opening and closing: English, German, French and Japanese ones among them."""
_ENDING = ".,;:!?。、"
"""What may end a sentence, or the value itself."""
_COLONS = ":\uff1a"
_GAP = rf"[\s{_COLONS}]*"
_OTHER_WORDS = "more than one word stands there"


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedValue:
    """One call of `Message.value`."""

    after: str | None = None
    before: str | None = None
    line: str | None = None

    def __post_init__(self) -> None:
        if not any(words and words.strip() for words in (self.after, self.before, self.line)):
            raise ValueError('value() needs words that stand beside it, such as value(after="Temporary password:")')

    def __str__(self) -> str:
        said = (("after", self.after), ("before", self.before), ("line", self.line))
        return f"value({', '.join(f'{name}={words!r}' for name, words in said if words is not None)})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """What stands at the places that the call names."""

    want: WantedValue
    found: tuple[Candidate, ...]

    @property
    def chosen(self) -> str | None:
        """The value, if exactly one stands there."""
        values = {item.value for item in self.found if item.reason is None}
        return values.pop() if len(values) == 1 else None

    @property
    def why(self) -> str:
        """Why there is none; empty if there is one."""
        values = {item.value for item in self.found if item.reason is None}
        if len(values) == 1:
            return ""
        if values:
            return f"{len(values)} different words could be it"
        return "no one word stands there" if self.found else "these words do not stand in the mail"

    def advice(self) -> list[str]:
        """Arguments that would leave exactly one, at most three."""
        fitting = {item.value: item for item in self.found if item.reason is None}
        if len(fitting) == 2 and self.want.before is None:
            bare, ended = sorted(fitting, key=len)
            if ended[:-1] == bare:
                return [f"before={ended[-1]!r} if {ended[-1]!r} only ends the sentence"]
        return []

    def value(self, *, where: str) -> str:
        """The value, or the refusal."""
        if self.chosen is not None:
            return self.chosen
        raise refusal(str(self.want), self.why, self.found, self.advice(), where=where)


def examine(documents: Sequence[Document], want: WantedValue) -> Examined:
    """Look where a person looks: in the HTML body, and in the text body of a mail that has no other."""
    shown = next((item for item in documents if item.part == "html" and item.lines), None)
    document = shown or next((item for item in documents if item.part == "text"), None)
    lines = [] if document is None else [line for line in document.lines if line.text.strip() and not line.quoted]
    part = "text" if document is None else document.part
    found: dict[tuple[str, str | None], Candidate] = {}
    for value, reason, excerpt in _places(lines, want):
        masked = f"{value[:1]}{'•' * (len(value) - 1)}" if len(value) > 1 else "•"
        item = Candidate(
            kind="value", value=value, masked=masked, part=part, excerpt=mask_text(excerpt.replace(value, masked))[:80],
            reason=reason,
        )  # fmt: skip
        found.setdefault((value, reason), item)
    return Examined(want=want, found=tuple(found.values()))


Place = tuple[str, str | None, str]
"""What stands there, why it is not one word or None, and the line."""


def _places(lines: Sequence[Line], want: WantedValue) -> Iterator[Place]:
    for number, line in enumerate(lines):
        if want.line is not None and not _pattern(want.line).search(line.text):
            continue
        below = lines[number + 1] if number + 1 < len(lines) else None
        if want.after is not None:
            for match in re.finditer(f"{_pattern(want.after).pattern}{_GAP}", line.text, re.IGNORECASE):
                yield from _behind(line, match.end(), below, want.before)
        elif want.before is not None:
            for match in _pattern(want.before).finditer(line.text):
                yield from _ahead(line, match.start())
        elif want.line is not None:
            yield from _beside(line, want.line, below)


def _behind(line: Line, start: int, below: Line | None, before: str | None) -> Iterator[Place]:
    """The word after the label, on its line or, where that ends with the label, alone on the next."""
    rest = line.text[start:]
    if not rest.strip():
        if below is not None:
            yield from _whole(below, before)
        return
    if before is not None:
        match = re.match(rf"(\S+?)\s*{_pattern(before).pattern}", rest, re.IGNORECASE)
        if match is not None:
            yield _unquoted(match[1]), None, line.text
        return
    # An element of its own says where a word ends, whatever stands beside it.
    span = next((span for span in line.isolated if span[0] <= start < span[1]), None)
    if span is not None:
        words = line.text[max(start, span[0]) : span[1]].strip()
        yield _unquoted(words), _OTHER_WORDS if len(words.split()) > 1 else None, line.text
        return
    word = rest.split()[0]
    yield from _readings(word, line.text, last=not rest.strip()[len(word) :].strip())


def _ahead(line: Line, end: int) -> Iterator[Place]:
    """The word before the label on its line."""
    words = line.text[:end].split()
    if words:
        yield _unquoted(words[-1]), None, line.text


def _beside(line: Line, label: str, below: Line | None) -> Iterator[Place]:
    """The only word of the line beside these words, or the only one of the next."""
    rest = _pattern(label).sub(" ", line.text, count=1).strip(f"{_COLONS} \t")
    if not rest:
        if below is not None:
            yield from _whole(below, None)
    elif len(rest.split()) == 1:
        yield from _readings(rest, line.text, last=True)
    else:
        yield rest, _OTHER_WORDS, line.text


def _whole(line: Line, before: str | None) -> Iterator[Place]:
    words = line.text.split()
    if before is not None:
        words = _pattern(before).split(line.text)[0].split()
    yield _unquoted(" ".join(words)), None if len(words) == 1 else _OTHER_WORDS, line.text


def _readings(word: str, text: str, *, last: bool) -> Iterator[Place]:
    """A mark at the end of a word may end the sentence or belong to the word; within a line it ends a part of it."""
    bare = _unquoted(word)
    if bare != word or bare[-1] not in _ENDING or len(bare) == 1:
        yield bare, None, text
        return
    yield _unquoted(bare[:-1]), None, text
    if last:
        yield bare, None, text


def _unquoted(word: str) -> str:
    """Without a pair of quotation marks around it."""
    return word[1:-1] if len(word) > 2 and _PAIRS.get(word[0]) == word[-1] else word


def _pattern(words: str) -> re.Pattern[str]:
    """The words, whatever their case and the white space between them."""
    return re.compile(r"\s+".join(map(re.escape, words.split())), re.IGNORECASE)
