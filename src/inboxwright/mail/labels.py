"""What the words beside a number call it: a code, another kind of number, or nothing."""

import re

from inboxwright.mail import lexicon

COLON = re.compile(r"[:\uff1a=\u2192]\s*[\"'\u201c\u300c\u3010\[(*`\u201e\u00ab]?\s*$")
"""Ends words that introduce what follows."""
_SENTENCE_END = re.compile(r"[.!?\u3002\uff01\uff1f;\uff1b](?:\s|$)|[\u3002\uff01\uff1f]")
_NEAR = 60
_BESIDE = 14
_LONG_LABEL = 30
_SENTENCE = 25


def introduces(words: str) -> bool:
    """Whether the line above can introduce a code: a sentence, not the name of a field or a line of an address."""
    words = words.rstrip()
    if words.endswith((":", "\uff1a", "\u3002", "!", "\uff01")):
        return True
    wide = sum(1 for char in words if char > "\u2e80")
    return len(words) + wide >= _SENTENCE


def above(text: str) -> str:
    """What the line above calls it: its last noun counts, and a long line that speaks of a code is about the code."""
    codes, others = lexicon.spans(text[-300:])
    colon = text.rstrip().endswith((":", "\uff1a"))
    if codes and (colon or not others or len(text) > _LONG_LABEL or max(codes) > max(others)):
        return "code"
    if others and (len(text) <= 2 * _LONG_LABEL or colon):
        return "other"
    return "none"


def below(text: str, *, cell: bool) -> str:
    """What the line below calls it: "This code expires …", or in a table its name under it."""
    codes, others = lexicon.spans(text[:120])
    if codes and (not others or min(codes) < min(others)):
        return "code"
    return "other" if others and cell and len(text) <= _LONG_LABEL else "none"


def beside(before: str, after: str) -> str:
    """What the words on the same line call it: the nearest noun before it, else one that follows closely."""
    head = before[-160:]
    ends = [match.end() for match in _SENTENCE_END.finditer(head)]
    clause = head[ends[-1] :] if ends else head
    codes, others = lexicon.spans(clause)
    nearest_code = max((end for _, end in codes), default=-1)
    nearest_other = max((end for _, end in others), default=-1)
    last = max(others, key=lambda span: span[1], default=(0, 0))
    spoken = nearest_code >= 0 and lexicon.device(clause[last[0] : last[1]])  # "the code sent to your phone: …"
    if nearest_other > nearest_code and not spoken:
        gap = clause[nearest_other:]
        if len(gap) <= _BESIDE and not re.search(r"[,;\u3001\uff0c]", gap):
            return "other"
    if nearest_code >= 0 and len(clause) - nearest_code <= _NEAR:
        return "code"
    # Also in the next sentence: "Use 123456. This code is …".
    codes, others = lexicon.spans(after[:_NEAR])
    if codes and (not others or min(codes) < min(others)):
        return "code"
    return "none"
