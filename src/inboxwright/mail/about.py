"""Tell a mail about a purchase, an offer or a meeting from one that asks for an action."""

import re
from collections.abc import Collection, Sequence

from inboxwright.mail.body.document import Document
from inboxwright.mail.words import topics

_ENOUGH = 2
_AROUND = 3  # lines
_BELOW = 4  # lines; a company's capital in the footer is no price
_SYMBOLS = "$\u20ac\u00a3\u00a5\u20b9\u20bd\u20a9\u20ba\u20aa\u0e3f\u20ab\u20b4\u20a6\u20b1\uffe5\uffe1\uff04"
_CODES = (
    "USD|EUR|GBP|JPY|CNY|RMB|INR|RUB|KRW|TRY|ILS|THB|VND|UAH|CHF|SEK|NOK|DKK|PLN|CZK|HUF|RON|BGN|BRL|MXN|CAD|AUD|NZD"
    "|HKD|SGD|TWD|AED|SAR|EGP|ZAR|IDR|MYR|PHP"
)
_WORDS = "kr|z\u0142|K\u010d|Ft|lei|\u0440\u0443\u0431|\u5186|\u5143|\uc6d0|Rp|R\\$|RM|TL"
_NUMBER = r"\d{1,9}(?:[.,'\u00a0\u202f ]\d{2,3}){0,4}"
AMOUNT = re.compile(
    rf"(?:[{_SYMBOLS}]|\b(?:{_CODES}|Rp|RM|kr)\.?)\s?-?{_NUMBER}|\d\s?(?:[{_SYMBOLS}]|(?:{_CODES}|{_WORDS})(?!\w))"
)
# The number by which one dials into a conference: nine to eleven digits in groups, called an id.
_CONFERENCE = re.compile(
    r"(?:\bid|\b\u0438\u0434|\u53f7|\u865f|\u756a\u53f7)\s?[:\uff1a]\s?\d{3}[ \-]\d{3,4}[ \-]\d{3,4}\b", re.IGNORECASE
)
_DIAL_IN = re.compile(r"\+\d[\d ()\-]{6,20}[^\d+]{1,20}\bPIN\b|\bPIN[:\s]{1,3}[\d ]{4,12}#|,,\d{6,12}#", re.IGNORECASE)


PURCHASE = "the mail lists amounts of money, as a receipt does"
OFFER = "the mail offers a discount"
MEETING = "the mail is an invitation to a meeting"
ORDERED = "the mail is about an order, a booking or a delivery"


def errand(subject: str, documents: Sequence[Document], attached: Sequence[str]) -> str | None:
    """What the mail is about, where that is no action to confirm; `attached` are content types."""
    if "text/calendar" in attached:
        return MEETING
    if topics.offers(subject) or any(
        line.heading and topics.offers(line.text) for document in documents for line in document.lines[:200]
    ):
        return OFFER
    if any(_percentages(document) >= _ENOUGH for document in documents):
        return OFFER
    return PURCHASE if any(_lines_with(AMOUNT, document) >= _ENOUGH for document in documents) else None


def priced(documents: Sequence[Document], codes: Collection[tuple[str, int]]) -> bool:
    """Whether an amount of money stands above the lines (part, line) of what may be codes, or closely below them."""
    reach = {part: line + _BELOW for part, line in sorted(codes)}
    return any(
        not line.quoted and (document.part, index) not in codes and AMOUNT.search(line.text, 0, 1000) is not None
        for document in documents
        for index, line in enumerate(document.lines[: reach.get(document.part, 0)])
    )


def conference(document: Document) -> set[int]:
    """The lines about the number by which one dials into a conference: a code there is for that."""
    return {
        near
        for index, line in enumerate(document.lines[:200])
        if _CONFERENCE.search(line.text, 0, 300) or _DIAL_IN.search(line.text, 0, 300)
        for near in range(index - _AROUND, index + _AROUND + 1)
    }


def _percentages(document: Document) -> int:
    return sum(1 for line in document.lines if not line.quoted and topics.percentage(line.text))


def _lines_with(pattern: re.Pattern[str], document: Document) -> int:
    """How many visible lines of one body it stands on, as far as that matters."""
    found = 0
    for line in document.lines:
        if not line.quoted and pattern.search(line.text, 0, 1000):
            found += 1
            if found >= _ENOUGH:
                break
    return found
