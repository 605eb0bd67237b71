"""Characters that look the same or cannot be seen."""

import unicodedata

# Default-ignorable characters that senders put into preheaders and between the digits of a code.
_INVISIBLE = dict.fromkeys(
    (
        *(0x00AD, 0x034F, 0x061C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180E, 0x3164, 0xFEFF, 0xFFA0),
        *range(0x200B, 0x2010),
        *range(0x2060, 0x2070),
        *range(0xFE00, 0xFE10),
    )
)
REORDERED = "\u202e"
"""Stands before text that is displayed in another order than it is written."""
_OVERRIDES = "\u202d\u202e"
_EMBEDDINGS = dict.fromkeys([0x202A, 0x202B, 0x202C, 0x2066, 0x2067, 0x2068, 0x2069])
_TABLE = {**_INVISIBLE, **_EMBEDDINGS}


def clean(text: str) -> str:
    """Leave out what is not seen; overrides of the reading direction stay, as they change what is read."""
    return text if text.isascii() else text.translate(_TABLE)


def lowered(text: str) -> str:
    """In lower case; the Turkish capital "İ" is an "i" without a dot above it."""
    return text.lower() if text.isascii() else text.lower().replace("i\u0307", "i")


def reversed_by_override(text: str) -> bool:
    """Whether a person reads the characters in another order than they are stored (UAX #9, LRO and RLO)."""
    return any(char in text for char in _OVERRIDES)


def ascii_form(text: str) -> str:
    """Full-width letters, and the digits of any script as what an English keyboard types."""
    if text.isascii():
        return text
    return "".join(_ascii_char(char) for char in text)


def _ascii_char(char: str) -> str:
    if char.isascii():
        return char
    digit = unicodedata.decimal(char, None)
    if digit is not None:
        return str(digit)
    folded = unicodedata.normalize("NFKC", char)
    return folded if len(folded) == 1 and folded.isascii() and (folded.isalnum() or folded == "-") else char


def folded(words: str) -> str:
    """White space and case folded, as Playwright compares accessible names."""
    return " ".join(words.split()).casefold()
