"""Find on a line whatever has the shape of a code, and name what else a number of that shape is."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from inboxwright.mail.about import AMOUNT

_URL = re.compile(r"(?:https?://|www\.)\S+|\b[\w\-]+(?:\.[\w\-]+){1,8}/\S+", re.IGNORECASE)
_EMAIL = re.compile(r"[\w.+\-%]{1,64}@[\w.\-]{1,255}")
_HOST_AND_PORT = re.compile(
    r"(?<![\w.-])(?:localhost|[\w-]+(?:\.[\w-]+){1,8}|\[[0-9a-f:]{2,45}\]):\d{2,5}(?!\d)", re.IGNORECASE
)
_SPACE = " \u00a0\u2000-\u200a\u202f\u205f\u3000"
# Letters of scripts that put spaces between words: next to one of them a digit is part of a word.
_LETTER = "A-Za-z0-9_\u00c0-\u024f\u0370-\u052f"
_DASH = "\\-\u2010-\u2015\u2212"
# One separator between two digits, or a dash with a space on each side: "123 456", "1 - 2", "+1 (415) 555-0123".
_NUMBERS = re.compile(
    rf"(?<![{_LETTER}])[+(]?\d+(?:(?:[{_SPACE}{_DASH}./:'\u2019\u00b7]|[{_SPACE}][{_DASH}\u00b7(][{_SPACE}]?|\)[{_SPACE}{_DASH}]?)\(?\d+)*(?![{_LETTER}])"
)
_TOKENS = re.compile(rf"(?<![{_LETTER}])[A-Za-z0-9]{{1,24}}(?:[{_DASH}][A-Za-z0-9]{{1,24}}){{0,8}}(?![{_LETTER}])")
_SPREAD = re.compile(r"(?<!\w)[A-Za-z0-9](?: [A-Za-z0-9]){3,9}(?!\w)")
_GROUPS = re.compile(r"[A-Z0-9]{3,5}(?: [A-Z0-9]{3,5}){1,2}")
_UNITS = re.compile(
    r"\s?(?:%|\u2030|\u00b0|px\b|[kmgt]i?b\b|[kc]?m\b|kg\b|hours?\b|hrs?\b|h\b|min|sec|s\b|days?\b|tag|stunden|jours?\b|heures?\b"
    r"|horas?\b|d\u00edas?\b|dias?\b|ore\b|giorni|\u0447\u0430\u0441|\u043c\u0438\u043d|\u0441\u0435\u043a|\u0434\u043d|\u5206|\u79d2|\u5c0f\u65f6|\u5c0f\u6642|\u6642\u9593|\u5929|\u65e5|\u5e74|\u6708"
    r"|\ubd84|\ucd08|\uc2dc\uac04|\uc77c|\u0e19\u0e32\u0e17\u0e35|\u0e0a\u0e31\u0e48\u0e27\u0e42\u0e21\u0e07|\u062f\u0642\u064a\u0642|\u062f\u0642\u0627\u0626\u0642|\u0633\u0627\u0639|\u062b\u0627\u0646\u064a)",
    re.IGNORECASE,
)
PLACEHOLDER = "it is a placeholder: the application left its value out"
_PLACEHOLDERS = frozenset({
    "NULL", "NONE", "NIL", "UNDEFINED", "EMPTY", "ERROR", "EXPIRED", "MISSING", "UNKNOWN", "FALSE", "TRUE", "OBJECT",
    "INVALID", "DEFAULT", "EXAMPLE", "TOKEN", "VALUE",
})  # fmt: skip
_FILLED = re.compile(r"([X0?#*])\1{3,}", re.IGNORECASE)
YEAR = "it is a year"
_PREFIXED = re.compile(r"[A-Z]{1,3}-\d{4,8}")
_SHORTEST, _PAIR = 3, 2
_WORD_AND_NUMBER = re.compile(
    r"[A-Z]?[a-z]{2,}\d{1,4}|\d+[a-z]{3,}\d*|[a-z][A-Z][a-z]+\d{0,4}|\d{1,4}[a-z]{1,5}|v\d+[a-z]?\d*"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """Something on a line that is shaped like a code."""

    start: int
    end: int
    value: str
    """As typed into a form: without spaces, hyphens as printed."""
    digits: bool
    mixed: bool = False
    """Letters and digits."""
    hyphenated: bool = False
    spaced: bool = False
    """Groups of letters and digits with spaces between them, as in some post codes."""
    prefixed: bool = False
    """Letters of the sender before digits ("G-123456"), as numbers of orders have them too."""
    reason: str | None = None
    """What else it certainly is, or None."""

    @property
    def length(self) -> int:
        """Characters without hyphens."""
        return sum(char.isalnum() for char in self.value)


def scan(text: str) -> Iterator[Shape]:
    """All shapes of a line that was already turned to ASCII digits."""
    text = _without_addresses(text)
    taken: list[tuple[int, int]] = []
    whole = text.strip()
    if _GROUPS.fullmatch(whole) and any(char.isdigit() for char in whole) and not whole.replace(" ", "").isdigit():
        start = text.index(whole)
        if sum(any(char.isdigit() for char in group) for group in whole.split()) * 2 > len(whole.split()):
            yield _token(text, start, start + len(whole))
            return
    for match in _SPREAD.finditer(text):
        letters = match[0].replace(" ", "")
        if any(char.isdigit() for char in letters) and not letters.isdigit() and letters.upper() == letters:
            taken.append(match.span())
            yield _token(text, *match.span())
    for match in _NUMBERS.finditer(text):
        if not any(start < match.end() and match.start() < end for start, end in taken):
            shape = _number(text, match)
            if shape is not None:
                yield shape
    for match in _TOKENS.finditer(text):
        compact = re.sub(r"[^A-Za-z0-9]", "", match[0])
        if compact.isdigit() or not 4 <= len(compact) <= 12:
            continue
        if compact.isalpha() and not compact.isupper():
            continue  # a word
        if not any(start < match.end() and match.start() < end for start, end in taken):
            yield _token(text, *match.span())


def _without_addresses(text: str) -> str:
    """URLs, hosts with a port and mail addresses blanked, in place: what is in them is not for typing."""
    if "/" in text or "www." in text:
        text = _URL.sub(lambda match: " " * len(match[0]), text)
    if ":" in text:
        text = _HOST_AND_PORT.sub(lambda match: " " * len(match[0]), text)
    if "@" in text:
        text = _EMAIL.sub(lambda match: " " * len(match[0]), text)
    return text


def _number(text: str, match: re.Match[str]) -> Shape | None:
    run, start = match[0], match.start()
    if run[0] == "(" and text[match.end() : match.end() + 1] == ")" and run[1:].isdigit():
        run, start = run[1:], start + 1
    groups = re.findall(r"\d+", run)
    total = sum(map(len, groups))
    if not 4 <= total <= 14:
        return None
    separators = set(re.sub(r"\d", " ", run).split()) if len(groups) > 1 else set()
    spaced = len(groups) > 1 and not separators
    hyphened = bool(separators) and all(re.fullmatch(f"[{_DASH}]", item) for item in separators)
    reason = _other_number(text, match, run, groups, plain=len(groups) == 1 or spaced or hyphened)
    joined = len({len(group) for group in groups}) == 1 and len(groups[0]) == 1
    value = "".join(groups) if spaced or joined else re.sub(f"[{_DASH}]", "-", re.sub(rf"[{_SPACE}]", "", run))
    return Shape(
        start=start,
        end=match.end(),
        value=value,
        digits=True,
        hyphenated=hyphened and not joined,
        reason=reason,
    )


def _other_number(text: str, match: re.Match[str], run: str, groups: list[str], *, plain: bool) -> str | None:
    before, after = text[max(0, match.start() - 12) : match.start()], text[match.end() : match.end() + 12]
    sizes = [len(group) for group in groups]
    total = sum(sizes)
    if run[0] in "+(" or ")" in run:
        return "it is a telephone number"
    if before.endswith(("#", "\u2116", "No.", "Nr.", "no.", "nr.", "N\u00b0", "n\u00b0", "N\u00ba", "n\u00ba")):
        return "a number sign stands before it"
    if re.search(r"[A-Za-z0-9_][-.]$|[/_&]$|[?&;]\w*=$", before) or re.match(r"[-_.]?[A-Za-z_]|/", after):
        return "it is part of something longer"
    if after.startswith(("\u53f7", "\u865f", "\ubc88")):
        return "it is the number of a thing"
    around = text[max(0, match.start() - 8) : match.end() + 8]
    if any(
        found.start() < match.end() - max(0, match.start() - 8) for found in AMOUNT.finditer(around)
    ) and AMOUNT.search(around):
        return "it is an amount of money"
    if re.match(r"\.\d|,\d{2}(?![\d\u3000-\u9fff\uac00-\ud7af])|%", after) or re.search(r"\d[.,]$", before):
        return "it is an amount or a decimal number"
    if not plain and not (set(sizes) == {1} and total >= 4):
        return _punctuated(run, sizes)
    if total > 10:
        return "it is longer than a code"
    if len(groups) > 1 and not _even(sizes):
        return "it is grouped like a telephone number, a date or a post code"
    if len(groups) == 1 and total == 4 and 1900 <= int(groups[0]) <= 2099:
        return YEAR
    if _UNITS.match(after):
        return "a unit stands after it"
    if len(groups) == 3 and set(sizes) == {2} and "-" in run and int(groups[1]) <= 12 and int(groups[0]) <= 31:
        return "it is a date"
    if re.search("(?:\u3012|\u5e74|\u6708)\\s?$", before):
        return "it is a post code or a date"
    return None


def _punctuated(run: str, sizes: list[int]) -> str:
    if ":" in run:
        return "it is a time"
    if "/" in run:
        return "it is a date"
    if "." in run:
        return "it is a version, an IP address, a date or an amount"
    return "it is an amount of money" if "'" in run or "\u2019" in run else "it is grouped unlike a code"


def _even(sizes: list[int]) -> bool:
    if set(sizes) == {1}:
        return 4 <= len(sizes) <= 10
    return len(set(sizes)) == 1 and sizes[0] >= 2 and sum(sizes) <= 10 and sizes not in ([2, 2], [2] * 5, [2] * 4)


def _alike(groups: list[str]) -> bool:
    """Whether groups with letters are those of a code: "XQ4-7RT", "A1-B2-C3", but not "26-th"."""
    return len({len(group) for group in groups}) == 1 and len(groups[0]) >= (_SHORTEST if len(groups) == _PAIR else 2)


def _token(text: str, start: int, end: int) -> Shape:
    printed = text[start:end]
    value = re.sub(f"[{_DASH}]", "-", printed.replace(" ", ""))
    compact = value.replace("-", "")
    digits = sum(char.isdigit() for char in compact)
    groups = value.split("-")
    prefixed = _PREFIXED.fullmatch(value) is not None and len(groups[0]) != len(groups[1])
    reason = None
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    if compact.upper() in _PLACEHOLDERS or (len(groups) == 1 and _FILLED.fullmatch(compact)):
        reason = PLACEHOLDER
    elif len(compact) > 10:
        reason = "it is longer than a code"
    elif before.endswith("#"):
        reason = "a number sign stands before it"
    elif before[-1:] in {"/", "_", "=", "&", "@", ".", "+"} or re.match(r"[/_=@]|[.:+]\w", after):
        reason = "it is part of something longer"
    elif len(groups) > 1 and not prefixed and not _alike(groups):
        reason = "its groups are unequal: words, or the number of a thing"
    elif not digits and not (compact.isupper() and compact.isascii()):
        reason = "it is a word"
    elif (
        digits
        and len(groups) == 1
        and (_WORD_AND_NUMBER.fullmatch(compact) or re.fullmatch(r"\d+[A-Za-z]{1,2}", compact))
    ):
        reason = "it is a name or a number with its unit"
    return Shape(
        start=start,
        end=end,
        value=value,
        digits=False,
        mixed=bool(digits),
        hyphenated=len(groups) > 1,
        spaced=" " in printed.strip(),
        prefixed=prefixed,
        reason=reason,
    )
