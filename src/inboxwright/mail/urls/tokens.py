"""What in a URL or in words looks like a secret made for one person; and hiding it wherever people read."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from enum import IntEnum
from urllib.parse import unquote

from inboxwright.mail.urls.routes import SECRET_KEYS, words
from inboxwright.mail.urls.url import Url

_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE)
_JWT = re.compile(r"eyJ[\w-]{8,}\.[\w-]+\.[\w-]*")
_TOKEN = re.compile(r"[\w\-.~=+:$!*@%|,]+", re.ASCII)
_CAMEL = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[^A-Za-z]+")
_HEX = re.compile(r"[0-9a-f]+|[0-9A-F]+")
_UNSPEAKABLE = re.compile(r"^[^aeiouy]+$|[^aeiouy]{6}", re.IGNORECASE)
_NUMBERED = re.compile(r"((?:[A-Z]?[a-z]+|[A-Z]{2,}))\d{1,2}")
_MOST_PIECES = 60


class Strength(IntEnum):
    """Whether a value can be guessed."""

    NONE = 0
    """Words, a language, an address, a small number."""
    NUMBER = 1
    """Digits only: more often the number of a thing."""
    ID = 2
    """May as well name a thing: a UUID, a short mixed string."""
    SECRET = 3
    """Long and random, or signed."""


def strength(url: Url) -> Strength:
    """The strongest value in path, query and fragment."""
    best = Strength.NONE
    for key, value in values(url):
        found = of_value(value)
        # A short value under a name that says so is a token as well ("?code=QGRVJ7").
        if found is not Strength.SECRET and key and _secret_key(key) and len(value) >= 4 and _mixed(value):
            found = Strength.SECRET
        best = max(best, found)
        if best is Strength.SECRET:
            break
    return best


def values(url: Url) -> list[tuple[str, str]]:
    """(key, value) of everything in the URL that can carry a token; the key is "" for path segments."""
    found: list[tuple[str, str]] = []
    fragment = url.fragment
    for route in (url.path, fragment if "=" not in fragment.partition("?")[0] else ""):
        found += (("", piece) for piece in re.split(r"[/;]", route.partition("?")[0]) if piece)
    queries = [url.query.replace("&amp;", "&"), fragment.partition("?")[2]]
    if "=" in fragment and "?" not in fragment:
        queries.append(fragment)
    for query in queries:
        for item in query.split("&"):
            key, equals, value = item.partition("=")
            if value or (key and not equals):
                found.append((key.lower(), value) if equals else ("", key))
    return [(key, unquote(value) if "%" in value else value) for key, value in found[:_MOST_PIECES]]


def of_value(value: str) -> Strength:
    """Judge one value."""
    if "/" in value:  # standard base64 has it, and so have paths and URLs
        if value.startswith(("/", "http", ".")):
            return Strength.NONE
        return max(of_value(piece) for piece in (*value.split("/")[:8], value.replace("/", "")[:2000]))
    if len(value) < 6 or not _TOKEN.fullmatch(value):
        return Strength.NONE
    if _JWT.search(value):
        return Strength.SECRET
    if "@" in value:
        return Strength.NONE
    if _UUID.fullmatch(value):
        return Strength.ID
    if value.isdigit():
        return Strength.NUMBER
    longest = max(re.split(r"[^A-Za-z0-9]+", value), key=len)
    if _slug(value) or _camel(value) or _title(value):
        return Strength.NONE
    if _HEX.fullmatch(longest) and any(char.isdigit() for char in longest):
        # 24 hexadecimal digits are a database's object id as often as a token.
        return Strength.SECRET if len(longest) >= 30 else Strength.ID
    if len(value) >= 20 and _random(value):
        return Strength.SECRET
    return Strength.ID if _mixed(value) else Strength.NONE


def _slug(value: str) -> bool:
    """Words joined by hyphens, as in the title of a page, perhaps with a number."""
    pieces = [piece for piece in re.split(r"[-_.+]", value) if piece]
    if len(pieces) == 3 and value.islower() and len(pieces[0]) <= 3 and _hash(pieces[2]):
        return False  # who and when in base 36, which may happen to be all letters, and a hash: a signed key
    plain = sum(1 for piece in pieces if piece.isalpha() and (piece.islower() or piece.istitle()) and _word(piece))
    return len(pieces) > 1 and plain * 3 >= len(pieces) * 2


def _title(value: str) -> bool:
    """The title of a wiki's page with the name of its space: "Special:RecentChanges"."""
    pieces = value.split(":")
    return len(pieces) > 1 and all(
        _camel(piece) or _slug(piece) or (piece.isalpha() and _word(piece.lower())) for piece in pieces
    )


def _word(letters: str) -> bool:
    """Whether letters of one case can be a word: short enough, and with vowels between them."""
    return len(letters) < 20 and (len(letters) > 1 or letters in "aei") and not _UNSPEAKABLE.search(letters)


def _hash(piece: str) -> bool:
    return len(piece) >= 30 and _HEX.fullmatch(piece) is not None and any(char.isdigit() for char in piece)


def _camel(value: str) -> bool:
    """A name in camel case: every piece is long enough for a word."""
    return (
        value.isalpha()
        and len(value) < 30
        and all(len(piece) > 1 for piece in _CAMEL.findall(value))
        and (sum(char.isupper() for char in value) * 3 <= len(value))
    )


def _random(value: str) -> bool:
    """Whether letters, cases and digits change too often for words or a camel-cased name."""
    changes = 0
    before = ""
    for char in value:
        kind = "d" if char.isdigit() else "u" if char.isupper() else "l" if char.islower() else ""
        if kind and before and kind != before:
            changes += 1
        before = kind or before
    return changes * 5 >= len(value)


def _mixed(value: str) -> bool:
    """Whether it can be a short token: digits beside letters, digits alone, or capitals alone."""
    compact = re.sub(r"[^A-Za-z0-9]", "", value)
    digits = sum(char.isdigit() for char in compact)
    if len(compact) < 4:
        return False
    if digits == len(compact):
        return True
    if digits:
        numbered = _NUMBERED.fullmatch(compact)
        return not (numbered and _word(numbered[1])) and not re.fullmatch(r"v\d+", compact)
    return len(compact) >= 6 and (compact.isupper() or _random(compact))


def _secret_key(key: str) -> bool:
    return any(word in SECRET_KEYS for word in words(key))


_SEPARATORS = re.compile(r"([/?#&=;:@,\s()<>\[\]\"'|]+)")


_HOSTS = re.compile(
    r"((?<![\w.\-])(?:\d{1,3}(?:\.\d{1,3}){3}(?::\d{1,5})?|(?:localhost|[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}):\d{2,5})(?![\w\-]))"
)
_SHOWN: ContextVar[bool] = ContextVar("nothing_masked", default=False)


def mask(secret: str) -> str:
    """Keep the first two characters of a long secret, none of a short one; its length is not told."""
    if _SHOWN.get():
        return secret
    return f"{secret[:2]}…" if len(secret) > 8 else "…"


def mask_code(code: str) -> str:
    """The shape of a code and nothing else: letters and digits become dots."""
    return code if _SHOWN.get() else "".join("•" if char.isalnum() else char for char in code)


def mask_url(text: str) -> str:
    """Replace whatever may be a token in a URL or in words around it, and leave host and route readable."""
    head, found, rest = text.partition("://")
    if not found:
        return mask_text(text)
    end = re.search(r"[/?#]", rest)
    host, tail = (rest, "") if end is None else (rest[: end.start()], rest[end.start() :])
    return f"{head}://{host.rpartition('@')[2]}{mask_text(tail)}"


def mask_text(text: str) -> str:
    """Replace digits and token-like words in running text; hosts and their ports stay readable."""
    if _SHOWN.get():
        return text
    pieces = _HOSTS.split(text)  # words and hosts in turn
    return "".join(piece if at % 2 else _mask_words(piece) for at, piece in enumerate(pieces))


def _mask_words(text: str) -> str:
    return "".join(_mask_word(piece) for piece in _SEPARATORS.split(text))


@contextmanager
def nothing_masked() -> Iterator[None]:
    """While the block lasts, what is asked of a mail shows its secrets: for who asked to see them."""
    token = _SHOWN.set(True)
    try:
        yield
    finally:
        _SHOWN.reset(token)


def _mask_word(word: str) -> str:
    if len(word) < 4:
        return word
    digits = sum(char.isdigit() for char in word)
    if digits >= 3 or len(word) >= 30 or of_value(word) is not Strength.NONE:
        return mask(word) if len(word) > 10 else mask_code(word)
    return word
