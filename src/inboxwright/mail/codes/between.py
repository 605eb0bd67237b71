"""What the words between a noun and a number say: that the number is the noun's, or that it is something else's."""

import re

from inboxwright.mail import lexicon

COLON = re.compile(r"[:\uff1a=\u2192]\s*[\"'\u201c\u300c\u3010\[(*`\u201e\u00ab]?\s*$")
"""Ends words that introduce what follows."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_COPULAS = _words("""
    is are ist lautet est es é è jest to je är er on este sunt olup la là adalah ialah הוא היא هو هي είναι ir yra
    është ni ay არის է huwa yw ná は 是 为 為
    """)
# These place the number elsewhere: "the code in room 1482", "expires at 1830".
_ELSEWHERE = _words("in at by from until till before after within near im am bei beim vom von aus bis vor nach um")
_PREPOSITIONS = _ELSEWHERE | _words("""
    for of with zu zur für mit auf à au sur pour par de du des por para con em di da del della w z do od v pro
    в на до от для по из
    """)
# Behind the number these go on with what it is for; another word is what is counted: "4821 points".
_GOES_ON = _words("""
    as to for in into on when at is below within and or if before this here was will expires als zum zur um für ist
    como para es comme pour est per come è é som för är til er untuk sebagai để là la için olarak jako do k na pro
    za kao je ca pentru este kaip yra lai kā ir et om te binnen
    """)
# The number that ends a code's time, however it is written.
_EXPIRES = re.compile(
    r"expir|\bvalid|gültig|abl[aä]uf|läuft|verval|verlo|geldig|caduc|vence|scad[eré]|valid[eoa]|válid|ważn|wygaś|vyprš"
    r"|platn|lejár|érvény|vanhen|voimassa|upphör|giltig|går ut|udløb|gyldig|utløp|λήγει|ισχύ|истека|действ|дійсн"
    r"|закінч|важи|hết hạn|hiệu lực|berlaku|kedaluwarsa|geçer|sona er|失效|有効|有效|유효|만료|תוקף|יפוג|صلاحي|تنتهي"
    r"|اعتبار|मान्य|समाप्त|หมดอายุ",
    re.IGNORECASE,
)
_PLURALS = _words("codes tokens pins passwords otps")
_COUNTED = re.compile(r"\s([a-z]{2,})")
_WORD = re.compile(r"[^\W\d_]+")
_ENDS_OPEN = re.compile(r"[\-\u2013\u2014([{\u3010\u300c\u300e\u201c\"'<]\s?$")
_TAKES = re.compile(
    r"[\s:\uff1a(\[\"'\u201c\u300c\u3010]{0,4}(?:(?:is|ist|lautet|est|es|\u00e9|\u00e8)\s)?\s?"
    r"([A-Z0-9]*\d[A-Z0-9]*)(?![\w])"
)
_EDGES = " :\uff1a\"'\u201c([<*"


def copula(gap: str) -> bool:
    """Whether a verb or its like stands between them: "is", "lautet", "は"."""
    return gap.strip(_EDGES).lower() in _COPULAS


def hands_over(before: str) -> bool:
    """Whether the words right before the number say that it is what they name: a colon, or a verb like "is"."""
    return bool(COLON.search(before)) or before.rpartition(" ")[0].rpartition(" ")[2].lower() in _COPULAS


def placed_elsewhere(gap: str) -> bool:
    """Whether the number is not what the noun means."""
    if COLON.search(gap) or _ENDS_OPEN.search(gap):
        return False
    words = [word.lower() for word in _WORD.findall(gap)]
    if not words or words[-1] in _COPULAS:
        return False
    if _EXPIRES.search(gap):
        return True
    return words[-1] in _PREPOSITIONS or any(word in _ELSEWHERE for word in words[:-1])


def taken(words: str) -> bool:
    """Whether the noun before these words has its number right behind it."""
    return _TAKES.match(words) is not None


def given(words: str, printed: str) -> bool:
    """Whether the noun before these words has its number already, one unlike this: "code 123456 to pay 50000"."""
    own = _TAKES.match(words)
    if own is None:
        return False
    compact = "".join(char for char in printed if char.isalnum())
    return len(own[1]) != len(compact) or own[1].isdigit() != compact.isdigit()


def counts(after: str) -> bool:
    """Whether the number counts what stands behind it: "4821 points"."""
    match = _COUNTED.match(after)
    if match is None or match[1] in _PLURALS:
        return match is not None
    return match[1] not in _GOES_ON and not any(lexicon.spans(match[1]))
