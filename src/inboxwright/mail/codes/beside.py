"""What the words beside a number call it: a code, another kind of number, or nothing."""

import re

from inboxwright.mail import lexicon
from inboxwright.mail.codes import between

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


def above(text: str) -> str:
    """What the line above calls it: its last noun counts, and a long line that speaks of a code is about the code."""
    text = text.rstrip()
    colon = text.endswith((":", "\uff1a"))
    if not colon and _NUMBER.search(text[-300:]):
        return "none"  # a sentence with a number of its own is about that
    codes, others = lexicon.spans(text[-300:])
    ends = [match.end() for match in _SENTENCE_END.finditer(text[-300:])]
    if ends and ends[-1] < len(text[-300:]):  # what begins a sentence on the line above is ended by the number
        begun = lexicon.spans(text[-300:][ends[-1] :])
        codes, others = begun if any(begun) else (codes, others)
        text = text[-300:][ends[-1] :] if any(begun) else text
    if codes and (colon or not others or len(text) > _LONG_LABEL or max(codes) > max(others)):
        return "code"
    if others and (len(text) <= 2 * _LONG_LABEL or colon):
        return "other"
    return "none"


def below(text: str, *, cell: bool) -> str:
    """What the line below calls it: "This code expires …", or in a table its name under it."""
    if _OWN.search(text[:120]):
        return "none"  # it introduces a value of its own
    codes, others = lexicon.spans(text[:120])
    if codes and (not others or min(codes) < min(others)):
        return "code"
    return "other" if others and cell and len(text) <= _LONG_LABEL else "none"


def beside(before: str, printed: str, after: str, *, apart: bool) -> str:
    """What the words on the same line call it: the nearest noun before it, else one that follows closely."""
    head = before[-160:]
    ends = [match.end() for match in _SENTENCE_END.finditer(head)]
    clause = head[ends[-1] :] if ends else head
    codes, others = lexicon.spans(clause)
    nearest_code = max((end for _, end in codes), default=-1)
    nearest_other = max((end for _, end in others), default=-1)
    last = max(others, key=lambda span: span[1], default=(0, 0))
    gap = clause[nearest_other:] if nearest_other >= 0 else ""
    # "the code sent to your phone: …", "the code for your order is …": the sentence is about the code.
    device = lexicon.device(clause[last[0] : last[1]])
    spoken = nearest_code >= 0 and bool((device and between.COLON.search(gap)) or between.copula(gap))
    if nearest_other > nearest_code and not spoken and len(gap) <= _BESIDE and not re.search(r"[,;\u3001\uff0c]", gap):
        return "other"
    if nearest_code >= 0 and len(clause) - nearest_code <= _NEAR:
        words = clause[nearest_code:]
        if not between.given(words, printed) and (apart or not between.placed_elsewhere(words)):
            return "code"
    # Also in the next sentence: "Use 123456. This code is …"; of a password only in the same.
    after = after[:_NEAR]
    if not apart and clause.strip() and between.counts(after):
        return "none"
    codes, others = lexicon.spans(after)
    if codes and (not others or min(codes) < min(others)) and not between.taken(after[min(codes)[1] :]):
        ended = _SENTENCE_END.search(after)
        if ended is None or ended.end() > min(codes)[0] or not lexicon.only_password(after):
            return "code"
    return "none"
