"""What the words beside a number speak of: a code, a password, or another thing that carries a number.

Structure comes first: these words only confirm or veto it. The nouns themselves are in `nouns`.
"""

import re
import unicodedata
from functools import lru_cache

from inboxwright.mail import nouns, passwords
from inboxwright.mail.body.characters import lowered

Span = tuple[int, int]
Spans = tuple[Span, ...]

_WORD = re.compile(r"[^\W_]+(?:[^\W_]|[\u0300-\u036f\u0900-\u0dff])*")
_FURTHEST = 300
_SHORT = 3  # letters: "encode", "unicode" are no codes


def spans(text: str) -> tuple[Spans, Spans]:
    """Where words for a code or a password stand, and where those for other numbered things do."""
    codes, secrets, others = _spans(text)
    return codes + secrets, others


def speaks_of_code(text: str) -> bool:
    """Whether the words speak of a code, or of a password that serves once."""
    codes, secrets, _ = _spans(text)
    return bool(codes) or (bool(secrets) and passwords.single_use(text))


def only_password(text: str) -> bool:
    """Whether the words call it a password and nothing else."""
    codes, secrets, _ = _spans(text)
    return bool(secrets) and not codes


def names_code(word: str) -> bool:
    """Whether it is a word for a code with a number: "PIN1"."""
    return word.rstrip("0123456789").lower() in nouns.CODE


@lru_cache(maxsize=1024)
def _spans(text: str) -> tuple[Spans, Spans, Spans]:
    text = lowered(text[:_FURTHEST])
    codes: list[Span] = []
    others: list[Span] = []
    found = list(_WORD.finditer(text))
    names = [match[0] for match in found]
    secrets = passwords.spans(text)
    for index, match in enumerate(found):
        word = match[0]
        if word[-1].isdigit():
            word = word.rstrip("0123456789") or word
        if _names_a_code(word):
            (others if _compound(names, index) else codes).append(match.span())
        elif _names_another(word):
            others.append(match.span())
    for phrase in nouns.CODE_PHRASES:
        at = text.find(phrase)
        if at >= 0:
            codes.append((at, at + len(phrase)))
    if not text.isascii():
        vetoed = [match.span() for match in nouns.OTHER_UNSPACED.finditer(text)]
        meant = [match.span() for match in nouns.CODE_UNSPACED.finditer(text)]
        codes += (span for span in meant if not _within(span, vetoed))
        others += vetoed
    if secrets and not nouns.LOCKS.isdisjoint(names):  # of a network, a file: not of the application's form
        others += secrets
        secrets = []
    # "verification number" is a code, although "number" alone is not; "κωδικός πρόσβασης" is a password.
    codes = [span for span in codes if not _within(span, secrets)]
    return tuple(codes), tuple(secrets), tuple(span for span in others if not _within(span, codes))


@lru_cache(maxsize=8192)
def _names_a_code(word: str) -> bool:
    if word in nouns.CODE or _unaccented(word):
        return True
    if word in nouns.NO_CODE or word.startswith(nouns.NO_CODE_STEMS):
        return False
    if word.startswith(nouns.CODE_STEMS) or nouns.CODE_WITHIN.search(word):
        return True
    ending = next((ending for ending in nouns.CODE_ENDINGS if word.endswith(ending)), None)
    return ending is not None and (len(word) - len(ending) > _SHORT or word.removesuffix(ending) in nouns.CODE_SHORT)


@lru_cache(maxsize=8192)
def _names_another(word: str) -> bool:
    return (
        word in nouns.OTHER
        or word in nouns.NUMBER
        or word.startswith(nouns.OTHER_STEMS)
        or word.endswith(nouns.OTHER_ENDINGS)
    )


def _within(span: Span, wider: list[Span]) -> bool:
    return any(low <= span[0] and span[1] <= high for low, high in wider)


def _unaccented(word: str) -> bool:
    """Whether it is a word for a code but for its accents: "còdi" is "codi"."""
    if word.isascii() or word[0] not in "ck":
        return False
    return "".join(char for char in unicodedata.normalize("NFD", word) if not unicodedata.combining(char)) in nouns.CODE


def device(word: str) -> bool:
    """Whether a word is a telephone: a code may be for it, or a number its own."""
    return word.lower() in nouns.DEVICES


def _compound(names: list[str], index: int) -> bool:
    """Whether this word for a code is part of "promo code", "código de descuento", "Gutscheincode"."""
    if names[index].startswith(nouns.COMPOUND_STEMS):
        return True
    before = [name for name in names[max(0, index - 2) : index] if name not in nouns.LINKING]
    after = [name for name in names[index + 1 : index + 3] if name not in nouns.LINKING]
    if before and (before[-1] in nouns.COMPOUND or before[-1] in nouns.OTHER):
        return True
    # "código de pedido", "mã đơn hàng": the thing follows in Romance, Slavic and South-East Asian languages.
    linked = index + 1 < len(names) and names[index + 1] in nouns.LINKING
    return bool(after) and (
        after[0] in nouns.QUALIFIER
        or (linked and after[0] in nouns.COMPOUND)
        or after[0] in nouns.OTHER
        or after[0].startswith(nouns.OTHER_STEMS)
    )
