"""What the words right beside a number say of it: that it is the end of another one, an example, or over.

Banks and shops name a card by its last digits; a warning shows a code that is none. These words only veto.
"""

import re
from dataclasses import dataclass
from functools import cache

from inboxwright.mail.words.patterns import lowered
from inboxwright.mail.words.vocabulary import Word, words

_REACH = 24
_FURTHER = 40
# "•••• 4821", "****4821", "xx-1245"
_MASKED = re.compile(r"(?:[•·●∙]{2,}|(?<!\w)(?:\*{2,}|[xX]{2,}))[\s\-]?$|(?:…|\.{3})$")
_BEFORE = {
    "ending": r"[\s:\-]{0,3}(?:no\.?)?\s?$",
    "example": r"[,:\s]{0,3}$",
    "denied": r"\s$",
    "former": r"[^.!?,;:。]{0,25}[:：]?\s?$",  # noqa: RUF001 - full-width punctuation
}
"""What may stand between a word of each list and the number."""
_BEHIND = {"over": r"[\"'”»)\]]?\s?", "until": r"\s?"}
_CITED_WORDS = 3
_CLOSED = re.compile('[\u201d\u201c\u00bb"]')


@dataclass(frozen=True, slots=True, kw_only=True)
class Veto:
    """Why a number is none to type."""

    reason: str
    word: Word | None = None
    """The word that says so, where one does."""


def against(before: str, after: str) -> Veto | None:
    """Why a number between these words on one line is none to type, or None."""
    head, tail = before[-_REACH:], lowered(after[:_REACH])
    bold = tail.startswith("*")  # Markdown's
    if _MASKED.search(head) and not bold:
        return Veto(reason="it is the end of another number")
    head = lowered(head)
    said = (
        _said("it is the end of another number", "ending", head)
        or _said("it is an example", "example", head)
        or _said("it ends a time", "until", tail)
        or _said("it is said not to be it", "denied", head)
        or _said("it is said to be over", "over", tail)
        or _said("it is said to be over", "former", lowered(before[-_FURTHER:]))
    )
    if said is not None:
        return said
    if _CLOSED.search(after[:60]) and len(_quoted_so_far(before[-160:]).split()) >= _CITED_WORDS:
        return Veto(reason="it stands in a quotation")
    return None


def _said(reason: str, name: str, text: str) -> Veto | None:
    pattern = _pattern(name)
    match = pattern.match(text) if name in _BEHIND else pattern.search(text)
    return None if match is None else Veto(reason=reason, word=Word(text=match["word"], lists=(name,)))


@cache
def _pattern(name: str) -> re.Pattern[str]:
    said = f"(?P<word>{words(name).source})"
    return re.compile(_BEHIND[name] + said if name in _BEHIND else said + _BEFORE[name])


def _quoted_so_far(before: str) -> str:
    """What stands between an opening quotation mark and the number, or nothing."""
    if before.count('"') % 2:
        return before.rpartition('"')[2]
    last = max(before.rfind(mark) for mark in "\u201c\u201d\u201e\u00ab\u00bb")
    if last < 0 or before[last] in "\u201d\u00bb":
        return ""
    # The German closing mark is the English opening one.
    closes = (
        before[last] == "\u201c" and "\u201e" in before[:last] and "\u201c" not in before[before.rfind("\u201e") : last]
    )
    return "" if closes else before[last + 1 :]
