"""What the words between a noun and a number say: that the number is the noun's, or that it is something else's."""

import re
from functools import cache

from inboxwright.mail.words import lexicon
from inboxwright.mail.words.patterns import lowered
from inboxwright.mail.words.vocabulary import words

COLON = re.compile(r"[:\uff1a=\u2192]\s*[\"'\u201c\u300c\u3010\[(*`\u201e\u00ab]?\s*$")
"""Ends words that introduce what follows."""

_COUNTED = re.compile(r"\s([a-z]{2,})")
_WORD = re.compile(r"[^\W\d_]+")
_ENDS_OPEN = re.compile(r"[\-\u2013\u2014([{\u3010\u300c\u300e\u201c\"'<]\s?$")
_EDGES = " :\uff1a\"'\u201c([<*"


def copula(gap: str) -> bool:
    """Whether a verb or its like stands between them: "is", "lautet", "は"."""
    return gap.strip(_EDGES).lower() in words("is").whole


def hands_over(before: str) -> bool:
    """Whether the words right before the number say that it is what they name: a colon, or a verb like "is"."""
    return bool(COLON.search(before)) or before.rpartition(" ")[0].rpartition(" ")[2].lower() in words("is").whole


def placed_elsewhere(gap: str) -> bool:
    """Whether the number is not what the noun means."""
    if COLON.search(gap) or _ENDS_OPEN.search(gap):
        return False
    between = [word.lower() for word in _WORD.findall(gap)]
    if not between or between[-1] in words("is").whole:
        return False
    if words("expires").find(lowered(gap)) is not None:
        return True
    places = words("where_or_when").whole
    return between[-1] in words("preposition").whole or not places.isdisjoint(between)


def taken(behind: str) -> bool:
    """Whether the noun before these words has its number right behind it."""
    return _own().match(behind) is not None


def given(behind: str, printed: str) -> bool:
    """Whether the noun before these words has its number already, one unlike this: "code 123456 to pay 50000"."""
    own = _own().match(behind)
    if own is None:
        return False
    compact = "".join(char for char in printed if char.isalnum())
    return len(own["number"]) != len(compact) or own["number"].isdigit() != compact.isdigit()


def counts(after: str) -> bool:
    """Whether the number counts what stands behind it: "4821 points"."""
    match = _COUNTED.match(after)
    if match is None or match[1] in words("plural").whole:
        return match is not None
    return match[1] not in words("goes_on").whole and not any(lexicon.spans(match[1]))


@cache
def _own() -> re.Pattern[str]:
    """What a noun's own number looks like right behind it."""
    verb = words("is").source
    return re.compile(
        rf"[\s:\uff1a(\[\"'\u201c\u300c\u3010]{{0,4}}(?:{verb}\s)?\s?(?P<number>[A-Z0-9]*\d[A-Z0-9]*)(?![\w])"
    )
