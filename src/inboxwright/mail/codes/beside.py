"""What the words beside a number call it: a code, another kind of number, or nothing."""

import re

from inboxwright.mail.codes import between
from inboxwright.mail.words import lexicon
from inboxwright.mail.words.vocabulary import Word

# A full stop before a small letter ends an abbreviation.
_SENTENCE_END = re.compile(
    r"[!?\u3002\uff01\uff1f;\uff1b](?:\s|$)|\.(?:\s(?![a-z\u00e0-\u00ff\u0430-\u044f])|$)|[\u3002\uff01\uff1f]"
)
_OWN = re.compile(r"[:\uff1a]\s{0,3}[^\s:]*\d")
_NEAR = 60
_BESIDE = 14
_LONG_LABEL = 30
_SENTENCE = 25
_NUMBER = re.compile(r"\d{4}")
_URL = re.compile(r"https?://\S+")

Called = tuple[str, Word | None]
"""What words call a number ("code", "other" or "none"), and the word that does."""
NOTHING: Called = ("none", None)


def introduces(words: str) -> bool:
    """Whether the line above can introduce a code: a sentence, not the name of a field or a line of an address."""
    words = words.rstrip()
    if words.endswith((":", "\uff1a")):
        return True
    # A sentence with a number of its own is about that.
    return (words.endswith(("\u3002", "!", "\uff01")) or sentence(words)) and not _NUMBER.search(words)


def sentence(words: str) -> bool:
    """Whether it is as long as a sentence, addresses left out."""
    words = _URL.sub("", words) if "://" in words else words
    wide = sum(1 for char in words if char > "\u2e80")
    return len(words) + wide >= _SENTENCE


def above(text: str) -> Called:
    """What the line above calls it: its last noun counts, and a long line that speaks of a code is about the code."""
    text = text.rstrip()
    colon = text.endswith((":", "\uff1a"))
    near = text[-300:]
    if not colon and _NUMBER.search(near):
        return NOTHING  # a sentence with a number of its own is about that
    size = len(text)
    codes, others = lexicon.spans(near)
    ends = [match.end() for match in _SENTENCE_END.finditer(near)]
    if ends and ends[-1] < len(near):  # what begins a sentence on the line above is ended by the number
        begun = lexicon.spans(near[ends[-1] :])
        if any(begun):
            codes, others = begun
            near = near[ends[-1] :]
            size = len(near)
    if codes and (colon or not others or size > _LONG_LABEL or max(codes) > max(others)):
        return "code", lexicon.code_word(near, max(codes))
    if others and (size <= 2 * _LONG_LABEL or colon):
        return "other", lexicon.other_word(near, max(others))
    return NOTHING


def below(text: str, *, cell: bool) -> Called:
    """What the line below calls it: "This code expires …", or in a table its name under it."""
    near = text[:120]
    if _OWN.search(near):
        return NOTHING  # it introduces a value of its own
    codes, others = lexicon.spans(near)
    if codes and (not others or min(codes) < min(others)):
        return "code", lexicon.code_word(near, min(codes))
    if others and cell and len(text) <= _LONG_LABEL:
        return "other", lexicon.other_word(near, min(others))
    return NOTHING


def beside(before: str, printed: str, after: str, *, apart: bool) -> Called:
    """What the words on the same line call it: the nearest noun before it, else one that follows closely."""
    head = before[-160:]
    ends = [match.end() for match in _SENTENCE_END.finditer(head)]
    clause = head[ends[-1] :] if ends else head
    codes, others = lexicon.spans(clause)
    named = max(codes, key=lambda span: span[1], default=(0, -1))
    nearest_code = named[1]
    nearest_other = max((end for _, end in others), default=-1)
    last = max(others, key=lambda span: span[1], default=(0, 0))
    gap = clause[nearest_other:] if nearest_other >= 0 else ""
    # "the code sent to your phone: …", "the code for your order is …": the sentence is about the code.
    device = lexicon.device(clause[last[0] : last[1]])
    spoken = nearest_code >= 0 and bool((device and between.COLON.search(gap)) or between.copula(gap))
    if nearest_other > nearest_code and not spoken and len(gap) <= _BESIDE and not re.search(r"[,;\u3001\uff0c]", gap):
        return "other", lexicon.other_word(clause, last)
    if nearest_code >= 0 and len(clause) - nearest_code <= _NEAR:
        words = clause[nearest_code:]
        if not between.given(words, printed) and (apart or not between.placed_elsewhere(words)):
            return "code", lexicon.code_word(clause, named)
    # Also in the next sentence: "Use 123456. This code is …"; of a password only in the same.
    after = after[:_NEAR]
    if not apart and clause.strip() and between.counts(after):
        return NOTHING
    codes, others = lexicon.spans(after)
    if codes and (not others or min(codes) < min(others)) and not between.taken(after[min(codes)[1] :]):
        ended = _SENTENCE_END.search(after)
        if ended is None or ended.end() > min(codes)[0] or not lexicon.only_password(after):
            return "code", lexicon.code_word(after, min(codes))
    return NOTHING
