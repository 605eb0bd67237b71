"""Tell a mail about a purchase, an offer or a meeting from one that asks for an action."""

import re
from collections.abc import Collection, Sequence

from inboxwright.mail import occasions
from inboxwright.mail.document import Document

_ENOUGH = 2
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


PURCHASE = "the mail lists amounts of money, as a receipt does"
OFFER = "the mail offers a discount"
MEETING = "the mail is an invitation to a meeting"
ORDERED = "the mail is about an order, a booking or a delivery"


def errand(subject: str, documents: Sequence[Document], attached: Sequence[str]) -> str | None:
    """What the mail is about, where that is no action to confirm; `attached` are content types."""
    if "text/calendar" in attached:
        return MEETING
    if occasions.offers(subject) or any(
        line.heading and occasions.offers(line.text) for document in documents for line in document.lines[:200]
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


def _percentages(document: Document) -> int:
    return sum(1 for line in document.lines if not line.quoted and occasions.percentage(line.text))


def _lines_with(pattern: re.Pattern[str], document: Document) -> int:
    """How many visible lines of one body it stands on, as far as that matters."""
    found = 0
    for line in document.lines:
        if not line.quoted and pattern.search(line.text, 0, 1000):
            found += 1
            if found >= _ENOUGH:
                break
    return found
