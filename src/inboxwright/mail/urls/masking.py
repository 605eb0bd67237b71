"""Hide what works: tokens and codes never stand in a log, a repr or a report."""

import re

from inboxwright.mail.urls.tokens import Strength, of_value

_SEPARATORS = re.compile(r"([/?#&=;:@,\s()<>\[\]\"'|]+)")


def mask(secret: str) -> str:
    """Keep the first two characters of a long secret, none of a short one; its length is not told."""
    return f"{secret[:2]}…" if len(secret) > 8 else "…"


def mask_code(code: str) -> str:
    """The shape of a code and nothing else: letters and digits become dots."""
    return "".join("•" if char.isalnum() else char for char in code)


def mask_url(text: str) -> str:
    """Replace whatever may be a token in a URL or in words around it, and leave host and route readable."""
    head, found, rest = text.partition("://")
    if not found:
        return mask_text(text)
    end = re.search(r"[/?#]", rest)
    host, tail = (rest, "") if end is None else (rest[: end.start()], rest[end.start() :])
    return f"{head}://{host.rpartition('@')[2]}{mask_text(tail)}"


def mask_text(text: str) -> str:
    """Replace digits and token-like words in running text."""
    return "".join(_mask_word(piece) for piece in _SEPARATORS.split(text))


def _mask_word(word: str) -> str:
    if len(word) < 4:
        return word
    digits = sum(char.isdigit() for char in word)
    if digits >= 3 or len(word) >= 30 or of_value(word) is not Strength.NONE:
        return mask(word) if len(word) > 10 else mask_code(word)
    return word
