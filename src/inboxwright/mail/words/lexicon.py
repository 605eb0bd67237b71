"""What the words beside a number speak of: a code, a password, or another thing that carries a number.

Structure comes first: these words only confirm or veto it. A language that is missing costs a refusal, not a wrong
answer.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from inboxwright.mail.words.patterns import lowered
from inboxwright.mail.words.vocabulary import Span, Word, words

Spans = tuple[Span, ...]

THINGS = ("other", "order", "device")
"""Lists of what has a number of its own."""
NUMBERED = (*THINGS, "number")
_QUALIFIERS = ("other_code", "other_code_before", "other_code_behind")
WORD = re.compile(r"[^\W_]+(?:[^\W_]|[\u0300-\u036f\u0900-\u0dff])*")
_FURTHEST = 300
_UNSPACED = "\u0e00"  # from Thai on scripts without spaces follow
_SHORT = 3  # letters: "encode", "unicode" are no codes


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What the nouns of a text name, and where they stand."""

    codes: Spans
    passwords: Spans
    others: Spans
    """Other things that have a number."""
    qualifiers: Mapping[Span, str]
    """What makes a word for a code one of the others: "promo"."""


def spans(text: str) -> tuple[Spans, Spans]:
    """Where words for a code or a password stand, and where those for other numbered things do."""
    found = _read(text)
    return found.codes + found.passwords, found.others


def code_word(text: str, span: Span) -> Word:
    """The word for a code or a password that stands there."""
    return Word(text=_whole(text, span), lists=("code", "code_compounds", "password"))


def other_word(text: str, span: Span) -> Word:
    """The word that stands there, or qualifies what stands there, for another thing that has a number."""
    return Word(
        text=_read(text).qualifiers.get(span) or _whole(text, span), lists=(*NUMBERED, *_QUALIFIERS, "password")
    )


def _whole(text: str, span: Span) -> str:
    """The word from its first letter on: "*passwort" is found at its second part."""
    start, end = span
    while start > 0 and text[start] < _UNSPACED and text[start - 1].isalpha():
        start -= 1
    return text[start:end]


def speaks_of_code(text: str) -> bool:
    """Whether the words speak of a code, or of a password that serves once."""
    found = _read(text)
    return bool(found.codes) or (bool(found.passwords) and single_use(text))


def only_password(text: str) -> bool:
    """Whether the words call it a password and nothing else."""
    found = _read(text)
    return bool(found.passwords) and not found.codes


def single_use(text: str) -> bool:
    """Whether the words say that something serves only once: such a password is a code, an account's is none."""
    return words("single_use").find(lowered(text[:_FURTHEST])) is not None


def names_code(word: str) -> bool:
    """Whether it is a word for a code with a number: "PIN1"."""
    return word.rstrip("0123456789").lower() in words("code").whole


def device(word: str) -> bool:
    """Whether a word is a telephone: a code may be for it, or a number its own."""
    return word.lower() in words("device").whole


@lru_cache(maxsize=1024)
def _read(text: str) -> Reading:
    text = lowered(text[:_FURTHEST])
    codes: list[Span] = []
    others: list[Span] = []
    qualifiers: dict[Span, str] = {}
    found = list(WORD.finditer(text))
    names = [match[0] for match in found]
    for index, match in enumerate(found):
        word = match[0]
        if word[-1].isdigit():
            word = word.rstrip("0123456789") or word
        if _names_a_code(word):
            qualifier = _qualifier(names, index)
            if qualifier is None:
                codes.append(match.span())
            else:
                qualifiers[match.span()] = qualifier
                others.append(match.span())
        elif _names_another(word):
            others.append(match.span())
    things = words(*NUMBERED).phrases(text)
    codes += (span for span in words("code").phrases(text) if not _within(span, things))
    others += things
    secrets = words("password").spans(text)
    if secrets and not words("lock").whole.isdisjoint(names):  # of a network, a file: not of the application's form
        others += secrets
        secrets = []
    # "verification number" is a code, although "number" alone is not; "κωδικός πρόσβασης" is a password.
    codes = [span for span in codes if not _within(span, secrets)]
    return Reading(
        codes=tuple(codes),
        passwords=tuple(secrets),
        others=tuple(span for span in others if not _within(span, codes)),
        qualifiers=qualifiers,
    )


@lru_cache(maxsize=8192)
def _names_a_code(word: str) -> bool:
    codes = words("code")
    if word in codes.whole or _unaccented(word):
        return True
    if words("not_code").has(word):
        return False
    if codes.has(word):
        return True
    for ending in words("code_compounds").ends:
        if word.endswith(ending):
            first = word.removesuffix(ending)
            return len(first) > _SHORT or first in words("code_openings").whole
    return False


@lru_cache(maxsize=8192)
def _names_another(word: str) -> bool:
    return words(*NUMBERED).has(word)


def _within(span: Span, wider: list[Span]) -> bool:
    return any(low <= span[0] and span[1] <= high for low, high in wider)


def _unaccented(word: str) -> bool:
    """Whether it is a word for a code but for its accents: "còdi" is "codi"."""
    if word.isascii() or word[0] not in "ck":
        return False
    plain = "".join(char for char in unicodedata.normalize("NFD", word) if not unicodedata.combining(char))
    return plain in words("code").whole


def _qualifier(names: list[str], index: int) -> str | None:
    """The word that makes this word for a code another thing: "promo code", "código de descuento", "Gutscheincode"."""
    if words("other_code").has(names[index]):
        return names[index]
    linking = words("linking").whole
    before = [name for name in names[max(0, index - 2) : index] if name not in linking]
    after = [name for name in names[index + 1 : index + 3] if name not in linking]
    promotes, things = words("other_code_before").whole, words(*THINGS)
    if before and (before[-1] in promotes or before[-1] in things.whole):
        return before[-1]
    # "código de pedido", "mã đơn hàng": the thing follows in Romance, Slavic and South-East Asian languages.
    linked = index + 1 < len(names) and names[index + 1] in linking
    if after and (
        after[0] in words("other_code_behind").whole or (linked and after[0] in promotes) or things.has(after[0])
    ):
        return after[0]
    return None
