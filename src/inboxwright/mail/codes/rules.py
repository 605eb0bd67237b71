"""What makes something that is shaped like a code the code of a mail, and what rules it out."""

import re
from collections.abc import Sequence

from inboxwright.mail.about import OFFER
from inboxwright.mail.body.characters import ascii_form, reversed_by_override
from inboxwright.mail.body.document import Document, Line
from inboxwright.mail.codes import beside, between
from inboxwright.mail.codes.candidates import Evidence, Sighting
from inboxwright.mail.codes.shapes import YEAR, Shape, scan
from inboxwright.mail.words import lexicon, topics, vetoes

_EDGES = (
    " \t*_`'\"\u201c\u201d\u201e\u2018\u2019\u00ab\u00bb\u300c\u300d\u300e\u300f\u3010\u3011"
    "[](){}<>\uff08\uff09|>\u2192:\uff1a.,!\u3002-\u2013\u2014~="
)
_OPENING, _CLOSING = (
    "([{\u201c\"'\u300c\u3010\u300e\u00ab\u201e`*\uff08",
    ")]}\u201d\"'\u300d\u3011\u300f\u00bb\u201c`*\uff09",
)
OTHERWISE = "the words beside it name another kind of number"
_LOOK = re.compile(r"\d|[A-Z]{2,}-?[A-Z]{2,}")
_LONGEST_LINE = 5000
_MOST = 2000  # of a mail that asks for a code there are a few dozen; keeps hostile ones cheap
_WINDOW = 300
_TABLE_REACH = 12
_LONG = 9  # digits
_VALUE = re.compile(r"[\w\-]{3,14}(?: [\w\-]{3,6})?")
_TABLE = re.compile(r"[^\s:\uff1a][^:\uff1a]{0,40}[:\uff1a]\s*\S")


def sightings(document: Document) -> list[Sighting]:
    """Everything shaped like a code on the lines of a body, judged by what stands around it."""
    found: list[Sighting] = []
    lines = document.lines
    for index, line in enumerate(lines):
        if not line.quoted and _worth_a_look(line.text):
            found += _on_line(document, index, lines)
            if len(found) > _MOST:
                for sighting in found:
                    sighting.reason = "the mail has more numbers than can be told apart"
                return found[:_MOST]
    return found


def in_subject(subject: str) -> list[Sighting]:
    """The same for the subject, which is a line of its own."""
    if not _worth_a_look(subject):
        return []
    document = Document(part="subject", lines=[Line(text=subject)])
    return _on_line(document, 0, document.lines)


def _worth_a_look(text: str) -> bool:
    return bool(_LOOK.search(text))


def _on_line(document: Document, index: int, lines: Sequence[Line]) -> list[Sighting]:
    line = lines[index]
    text = ascii_form(line.text[:_LONGEST_LINE])
    found = []
    for shape in scan(text):
        if shape.digits is False and not shape.mixed and shape.reason == "it is a word":
            continue
        sighting = Sighting(part=document.part, line=index, shape=shape, text=line.text)
        sighting.reason = shape.reason or _elsewhere(document, line, shape)
        if sighting.reason is None and lexicon.names_code(shape.value):
            sighting.reason = "it is the name of a code"
        if reversed_by_override(line.text):
            sighting.reason = "its line is displayed in another order than it is written"
        _surroundings(sighting, text, index, lines)
        found.append(sighting)
    return found


def _elsewhere(document: Document, line: Line, shape: Shape) -> str | None:
    if sum(start < shape.end and shape.start < end for start, end, _ in line.anchors) > 1:
        return "it is a row of links"
    for start, end, anchor in line.anchors:
        if (
            start <= shape.start
            and shape.end <= end
            and document.anchors[anchor].url.lower().startswith(("tel:", "sms:"))
        ):
            return "it is a telephone number"
    return None


def _surroundings(sighting: Sighting, text: str, index: int, lines: Sequence[Line]) -> None:
    shape, line = sighting.shape, lines[index]
    before, after = text[max(0, shape.start - _WINDOW) : shape.start], text[shape.end : shape.end + _WINDOW]
    sighting.alone = not before.strip(_EDGES) and not after.strip(_EDGES) and len(text) < _WINDOW
    above = _past_its_kind(shape, index, lines) if sighting.alone else index - 1
    previous = lines[above] if above >= 0 else None
    isolated = any(text[start:end].strip(_EDGES) == text[shape.start : shape.end] for start, end in line.isolated)
    enclosed = (
        before.rstrip()[-1:] in _OPENING
        and before.strip() != ""
        and after.lstrip()[:1] in _CLOSING
        and after.strip() != ""
    )
    colon = bool(between.COLON.search(before))
    sighting.apart = isolated or enclosed or colon or sighting.alone
    if sighting.alone:
        sighting.label = "" if previous is None else previous.text
        kind, word = beside.NOTHING
        if previous is not None and not previous.quoted:
            kind, word = beside.above(ascii_form(sighting.label))
        naming = sighting.label
        following = lines[index + 1] if index + 1 < len(lines) else None
        if kind == "none" and following is not None and _names_what_is_above(following, index + 2, lines):
            (kind, word), naming = beside.below(ascii_form(following.text), cell=line.cell), following.text
    else:
        sighting.label = before
        naming = before
        kind, word = beside.beside(before, shape.value, after, apart=isolated or enclosed)
        if kind == "none" and colon and previous is not None and not before.strip(_EDGES):
            (kind, word), naming = beside.above(ascii_form(previous.text)), previous.text
    if kind == "code" and not sighting.alone and not _namable_from_behind(shape) and not any(lexicon.spans(before)):
        kind = "none"
    if kind == "code" and sighting.reason == YEAR and between.hands_over(f"{naming} " if sighting.alone else before):
        sighting.reason = None
    if kind == "code" and not shape.digits:
        if not sighting.alone and not any(lexicon.spans(naming[-_WINDOW:])):
            naming = after
        sighting.password = lexicon.only_password(naming[-_WINDOW:])
    if kind == "other":
        sighting.doubt, sighting.doubted = OTHERWISE, word
    else:
        sighting.called = word if kind == "code" else None
        veto = _offered(naming, sighting, lines[max(0, index - 2) : index]) if kind == "code" else None
        veto = veto or vetoes.against(sighting.label if sighting.alone else before, after)
        if veto is not None:
            sighting.doubt, sighting.doubted = veto.reason, veto.word
    sighting.evidence = _grade(sighting, kind, line)


def _offered(naming: str, sighting: Sighting, above: Sequence[Line]) -> vetoes.Veto | None:
    """What the words around it offer or tell to leave by it."""
    leaving = topics.unsubscribes(sighting.text)
    if leaving is not None:
        return vetoes.Veto(reason="it is for leaving a list", word=leaving)
    near = [sighting.text, naming, *(line.text for line in above)]
    if not sighting.shape.digits:
        for line in near:
            offered = topics.offers(line)
            if offered is not None or topics.percentage(line):
                return vetoes.Veto(reason=OFFER, word=offered)
    return None


def _names_what_is_above(line: Line, below: int, lines: Sequence[Line]) -> bool:
    """Whether a line can name what stands above it: not when it is the name of what stands below it."""
    if line.footer or line.quoted:
        return False
    value = lines[below].text if below < len(lines) else ""
    return not (_VALUE.fullmatch(value) and any(char.isdigit() for char in value))


def _namable_from_behind(shape: Shape) -> bool:
    """Whether "… is your code" is enough: not for a word in capitals, nor for what is as long as a telephone number."""
    return shape.mixed or (shape.digits and shape.length < _LONG)


def _past_its_kind(shape: Shape, index: int, lines: Sequence[Line]) -> int:
    """The line above, over others that hold nothing but a number of the same shape: a list of recovery codes."""
    above = index - 1
    while above >= 0 and index - above < 40:
        compact = "".join(char for char in ascii_form(lines[above].text) if char.isalnum())
        if len(compact) != shape.length or not any(char.isdigit() for char in compact):
            break
        above -= 1
    return above


def _grade(sighting: Sighting, kind: str, line: Line) -> Evidence:
    shape = sighting.shape
    letters_only = not shape.digits and not shape.mixed
    if letters_only and not _unlike_a_word(sighting):
        sighting.reason = sighting.reason or "it is a word"
    if line.footer:
        return Evidence.NONE
    if kind == "code":
        return Evidence.SURE if sighting.apart else Evidence.NAMED
    if (
        sighting.alone
        and not letters_only
        and not (shape.spaced or shape.prefixed)
        and beside.introduces(sighting.label)
    ):
        return Evidence.SHAPE
    return Evidence.NONE


def _unlike_a_word(sighting: Sighting) -> bool:
    """Letters alone are a code only where they are set apart, and hardly when they can be pronounced."""
    if not sighting.apart:
        return False
    if sighting.shape.hyphenated or not set(sighting.compact) & set("AEIOU"):
        return True
    return sighting.label.rstrip(" *_\"'").endswith((":", "\uff1a"))


def in_table(document: Document, sighting: Sighting) -> bool:
    """Whether it is one row of a list of particulars: three or more "name: value" lines in a row."""
    lines = document.lines
    start = end = sighting.line
    while (
        start > max(0, sighting.line - _TABLE_REACH)
        and _TABLE.match(lines[start - 1].text[:200])
        and not lines[start - 1].text.endswith(":")
    ):
        start -= 1
    while end + 1 < min(len(lines), sighting.line + _TABLE_REACH) and _TABLE.match(lines[end + 1].text[:200]):
        end += 1
    return end - start + 1 >= 3 and bool(_TABLE.match(lines[sighting.line].text[:200]))
