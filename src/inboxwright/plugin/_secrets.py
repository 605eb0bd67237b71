"""What must not be read in evidence: tokens, codes and passwords of a test, credentials of the project.

In words they are masked. In files that a program reads again (a saved mail, a trace) each is replaced by another of
the same shape and length, the same one everywhere: a link stays a link, a code stays a code, and none of them works.
"""

import hashlib
import hmac
import html
import re
import secrets
import string
from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

from inboxwright.config import Project, secret_values, spellings
from inboxwright.errors import MatchError
from inboxwright.mail import Message
from inboxwright.mail.urls.tokens import Strength, of_value

_URL = re.compile(r"https?://[^\s\"'<>\\]+")
_CODE = re.compile(r"(?<![\w-])(?:\d{4,8}|[A-Z0-9]{3,4}-[A-Z0-9]{3,4}|(?=[A-Z]*\d)[A-Z0-9]{6,8})(?![\w-])")
_YEAR = re.compile(r"(?:19|20)\d\d")
_SHORT = 9
"""A value shorter than this is replaced only where it stands alone."""


class Secrets:
    """The secret values that are known, and their stand-ins."""

    def __init__(self, values: Iterable[str] = ()) -> None:
        self._key = secrets.token_bytes(16)
        self._stand_ins: dict[str, str] = {}
        self.add(*values)

    def add(self, *values: str) -> None:
        """Learn more values; very short ones are no secret."""
        for value in values:
            if len(value) >= 4 and value not in self._stand_ins:
                self._stand_ins[value] = self._stand_in(value)

    def learn(self, message: Message) -> None:
        """The tokens in a mail's links, and what looks like a code."""
        for url in _URL.findall(html.unescape(f"{message.text}\n{message.html}")):
            parts = urlsplit(url)
            for piece in re.split(r"[/?&=#]", f"{parts.path}?{parts.query}#{parts.fragment}"):
                if of_value(piece) is not Strength.NONE:
                    self.add(piece)
        words = _URL.sub(" ", f"{message.subject}\n{message.text or re.sub(r'<[^>]*>', ' ', message.html)}")
        self.add(*(code for code in _CODE.findall(words) if not _YEAR.fullmatch(code)))
        try:
            self.add(message.code())
        except MatchError as error:
            self.add(*(found.value for found in error.candidates if found.kind == "code" and found.reason is None))

    def mask(self, text: str) -> str:
        """The text with every known value as "****"."""
        for value in self._longest_first():
            for form in dict.fromkeys(spellings(value)):
                text = _replace(text, value, form, "****")
        return text

    def disguise(self, text: str) -> str:
        """The text with every known value replaced by one of its shape."""
        for value in self._longest_first():
            for form, other in dict(zip(spellings(value), spellings(self._stand_ins[value]), strict=True)).items():
                text = _replace(text, value, form, other)
        return text

    def _longest_first(self) -> list[str]:
        return sorted(self._stand_ins, key=len, reverse=True)

    def _stand_in(self, value: str) -> str:
        stream = hmac.digest(self._key, value.encode(), hashlib.sha256) * (len(value) // 32 + 1)
        return "".join(_other(char, byte) for char, byte in zip(value, stream, strict=False))


def _other(char: str, byte: int) -> str:
    for alphabet in (string.digits, string.ascii_lowercase, string.ascii_uppercase):
        if char in alphabet:
            return alphabet[(alphabet.index(char) + 1 + byte % (len(alphabet) - 1)) % len(alphabet)]
    return char


def _replace(text: str, value: str, form: str, other: str) -> str:
    if form not in text:
        return text
    if len(value) >= _SHORT:
        return text.replace(form, other)
    # In JSON a line break is spelt \n: its n is no part of what follows.
    alone = rf"(?:(?<!\w)(?<!\w[.-])|(?<=\\[nrt])){re.escape(form)}(?!\w|[.-]\w)"
    return re.sub(alone, other.replace("\\", r"\\"), text)


def of_project(project: Project, given: Mapping[str, object]) -> list[str]:
    """The credentials of a project, from the environment or from what the run started."""
    found = [str(value) for name, value in given.items() if name in {"token", "password", "key", "secret"}]
    return [value for value in (*found, *secret_values(project)) if value]
