"""What a mail, a header, a cookie or a line of a log holds that works: tokens, codes, passwords, sessions.

And what it does not: routes, names of exceptions and modules, hosts, ports and addresses stay readable.
"""

import base64
import binascii
import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from typing import Any
from urllib.parse import unquote, urlsplit

from inboxwright.errors import MatchError
from inboxwright.mail import Message
from inboxwright.mail.urls.routes import SECRET_KEYS, words
from inboxwright.mail.urls.tokens import Strength, of_value
from inboxwright.mail.words.vocabulary import words as listed

_URL = re.compile(r"https?://[^\s\"'<>\\]+")
_ADDRESS = re.compile(r"[\w.+-]+@[\w.-]+\w")
_HOST = re.compile(r"(?:\d{1,3}(?:\.\d{1,3}){3}|\blocalhost|\b[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,})(?::\d{1,5})?\b")
_CODE = re.compile(r"(?<![\w-])(?:\d{4,8}|[A-Z0-9]{3,4}-[A-Z0-9]{3,4}|(?=[A-Z]*\d)[A-Z0-9]{6,8})(?![\w-])")
_YEAR = re.compile(r"(?:19|20)\d\d")
_CHUNK = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
_NAME = re.compile(r"[A-Za-z_$][\w$]*(?:(?:[.:\-/]|::|->)+[\w$]+)*[.:]?")
_PIECE = re.compile(r"[^\s/?&=#;,\"'`<>()\[\]{}]{12,}")
_PAIR = re.compile(r"(?<=[?&;])([\w.\-]{1,40})=([^&;#\s\"'<>]{4,})")
_SESSION_HEADERS = frozenset({"authorization", "proxy-authorization", "x-auth-token", "x-api-key"})
_FORGERY = re.compile(r"csrf|xsrf", re.IGNORECASE)


def of_message(message: Message) -> tuple[list[str], list[str]]:
    """What certainly works, and what only looks as if it did."""
    sure: list[str] = []
    guessed: list[str] = []
    for url in _URL.findall(html.unescape(f"{message.text}\n{message.html}")):
        parts = urlsplit(url)
        for key, value in _values(parts.path, parts.query, parts.fragment):
            strength = of_value(unquote(value))
            if strength is Strength.SECRET or (key and strength is not Strength.NONE and names_a_secret(key)):
                sure.append(value)
            elif strength is not Strength.NONE and "@" not in unquote(value):
                guessed.append(value)
    text = f"{message.subject}\n{message.text or re.sub(r'<[^>]*>', ' ', message.html)}"
    plain = _HOST.sub(" ", _ADDRESS.sub(" ", _URL.sub(" ", text)))
    guessed += [code for code in _CODE.findall(plain) if not _YEAR.fullmatch(code)]
    sure += _passwords(plain)
    try:
        code = message.code()
        if _compact(code) in _compact(plain):  # else it is the port of a host
            sure.append(code)
    except MatchError as error:
        guessed += [found.value for found in error.candidates if found.kind == "code" and found.reason is None]
    return sure, guessed


def _compact(text: str) -> str:
    return "".join(char for char in text if char.isalnum())


def _values(path: str, query: str, fragment: str) -> Iterator[tuple[str, str]]:
    """(key, value) as they are spelt in the URL; a segment of the path that is a name is no value."""
    for segment in re.split(r"[/;]", path):
        if not is_name(unquote(segment)):
            yield "", segment
    for item in re.split(r"[&;?]", f"{query}&{fragment}"):
        key, equals, value = item.partition("=")
        if equals:
            yield key, value
        else:
            yield from (("", piece) for piece in key.split("/") if not is_name(unquote(piece)))


def names_a_secret(key: str) -> bool:
    """Whether what stands under this key of a URL is there to be kept."""
    return any(word in SECRET_KEYS for word in words(key))


def is_name(text: str) -> bool:
    """Whether it is made of words, as routes, classes, modules and files are named; random letters are not."""
    if not _NAME.fullmatch(text):
        return False
    chunks = _CHUNK.findall(text)
    letters = [chunk for chunk in chunks if chunk.isalpha()]
    if not letters or sum(map(len, letters)) < 3 * len(letters):
        return False  # "xR", "Tk": random cases make short pieces
    numbers = [chunk for chunk in chunks if chunk.isdigit()]
    return len(numbers) <= 1 and all(re.search(r"[aeiouyAEIOUY]", word) or len(word) < 6 for word in letters)


def _passwords(text: str) -> Iterator[str]:
    """The one word that a line gives as somebody's password: after a colon, or on the line below."""
    lines = [line.strip() for line in text.splitlines()]
    for number, line in enumerate(lines):
        if ":" not in line or not listed("password").spans(line.lower()):
            continue
        said = line.rpartition(":")[2].strip() or next(filter(None, lines[number + 1 :]), "")
        if len(said) >= 4 and len(said.split()) == 1:
            yield said.rstrip(".,")


def of_cookies(cookies: Iterable[Mapping[str, Any]]) -> list[str]:
    """Values on which a session lives; a theme or a language is none."""
    return [str(cookie["value"]) for cookie in cookies if _lives(str(cookie.get("value", "")))]


def of_storage(state: Any) -> list[str]:
    """The same of a storage state that a context begins with."""
    if not isinstance(state, Mapping):
        return []
    stored = [entry for origin in state.get("origins", ()) for entry in origin.get("localStorage", ())]
    return of_cookies([*state.get("cookies", ()), *stored])


def _lives(value: str) -> bool:
    return len(value) >= 8 and not is_name(value) and of_value(value) is not Strength.NONE


def of_header(name: str, value: str) -> list[str]:
    """What of a header (RFC 9110) opens a session: credentials, cookies, tokens against forgery."""
    name = name.lower()
    if name in {"cookie", "set-cookie"}:
        pairs = (part.partition("=")[2].strip() for part in value.split("\n" if name == "set-cookie" else ";"))
        return [found for held in pairs if _lives(found := held.partition(";")[0])]
    if name in _SESSION_HEADERS or _FORGERY.search(name):
        scheme, _, credentials = value.strip().rpartition(" ")
        opened = [credentials]
        if scheme.lower() == "basic":  # RFC 7617 section 2
            with suppress(binascii.Error, UnicodeDecodeError):
                opened.append(base64.b64decode(credentials).decode().partition(":")[2])
        return [text for text in opened if len(text) >= 6]
    return []


def of_trace(lines: Iterable[bytes]) -> Iterator[str]:
    """The same of all headers in a part of a trace."""
    for line in lines:
        if b'"headers"' in line:
            try:
                yield from _of_headers(json.loads(line))
            except ValueError:
                continue


def _of_headers(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, held in value.items():
            if key in {"headers", "cookies"} and isinstance(held, list):
                for entry in held:
                    if isinstance(entry, dict) and "name" in entry and "value" in entry:
                        kind = str(entry["name"]) if key == "headers" else "cookie"
                        text = str(entry["value"])
                        yield from of_header(kind, text if key == "headers" else f"{entry['name']}={text}")
            else:
                yield from _of_headers(held)
    elif isinstance(value, list):
        for held in value:
            yield from _of_headers(held)


def without_tokens(line: str) -> str:
    """A line of a log with what its URLs carry for one person, and other long random words, as ****."""
    line = _PAIR.sub(lambda pair: f"{pair[1]}=****" if names_a_secret(pair[1]) else pair[0], line)
    return _PIECE.sub(_masked, line)


def _masked(piece: re.Match[str]) -> str:
    return "****" if of_value(piece[0]) is Strength.SECRET and not is_name(piece[0]) else piece[0]
