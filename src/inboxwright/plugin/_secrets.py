"""What must not be read in evidence: tokens, codes and passwords of a test, credentials of the project.

In words they are masked. In files that a program reads again (a saved mail, a trace) each is replaced by another of
the same shape and length, the same one everywhere: a link stays a link, a code stays a code, and none of them works.
"""

import hashlib
import hmac
import re
import secrets
import string
from collections.abc import Iterable, Mapping

from inboxwright.config import Project, secret_values, spellings
from inboxwright.mail import Message
from inboxwright.plugin._learning import of_message

SHORT = 9
"""A value shorter than this is replaced only where it stands alone."""


class Secrets:
    """The secret values that are known, and their stand-ins."""

    def __init__(self, values: Iterable[str] = ()) -> None:
        self._key = secrets.token_bytes(16)
        self._stand_ins: dict[str, str] = {}
        self._guessed: set[str] = set()
        self.add(*values)

    def add(self, *values: str) -> None:
        """Learn more values; very short ones are no secret."""
        for value in values:
            if len(value) >= 4 and value not in self._stand_ins:
                self._stand_ins[value] = self._stand_in(value)

    def learn(self, message: Message) -> None:
        """The tokens in a mail's links, what looks like a code, and a password."""
        sure, guessed = of_message(message)
        self.add(*sure)
        new = [value for value in guessed if value not in self._stand_ins]
        self.add(*new)
        self._guessed.update(new)

    def certain(self) -> "Secrets":
        """The same without what only looks like a secret; its stand-ins are those of this one."""
        fewer = Secrets()
        fewer._stand_ins = {value: other for value, other in self._stand_ins.items() if value not in self._guessed}
        return fewer

    @property
    def values(self) -> list[str]:
        """All that is known, for a search; in memory only."""
        return list(self._stand_ins)

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
        escapes = {at for found in re.finditer(r"%[0-9A-Fa-f]{2}", value) for at in range(*found.span())}
        return "".join(
            char if at in escapes else _other(char, byte)
            for at, (char, byte) in enumerate(zip(value, stream, strict=False))
        )


def _other(char: str, byte: int) -> str:
    for alphabet in (string.digits, string.ascii_lowercase, string.ascii_uppercase):
        if char in alphabet:
            return alphabet[(alphabet.index(char) + 1 + byte % (len(alphabet) - 1)) % len(alphabet)]
    return char


def _replace(text: str, value: str, form: str, other: str) -> str:
    if form not in text:
        return text
    if len(value) >= SHORT:
        return text.replace(form, other)
    # In JSON a line break is spelt \n: its n is no part of what follows.
    alone = rf"(?:(?<!\w)(?<!\w[.-])|(?<=\\[nrt])){re.escape(form)}(?!\w|[.-]\w)"
    return re.sub(alone, other.replace("\\", r"\\"), text)


def of_project(project: Project, given: Mapping[str, object]) -> list[str]:
    """The credentials of a project, from the environment or from what the run started."""
    found = [str(value) for name, value in given.items() if name in {"token", "password", "key", "secret"}]
    return [value for value in (*found, *secret_values(project)) if value]
