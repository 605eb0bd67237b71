"""Mailpit's search syntax, as far as its clients use it."""

import math
import re
import shlex
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from inboxwright.address import normal
from inboxwright.server.api.mailpit_shapes import Entry, people

_PEOPLE = {
    "to": ("To",),
    "from": ("From",),
    "cc": ("Cc",),
    "bcc": ("Bcc",),
    "reply-to": ("ReplyTo",),
    "addressed": ("To", "From", "Cc", "Bcc", "ReplyTo"),
}
_SIZE = re.compile(r"(\d+(?:\.\d+)?)\s*(k|m|)b?")
_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One condition."""

    name: str
    value: str
    exclude: bool

    def accepts(self, entry: Entry) -> bool:
        """Whether the message fulfils it."""
        return self._holds(entry) != self.exclude

    def _holds(self, entry: Entry) -> bool:
        wanted = self.value.lower()
        if self.name in _PEOPLE:
            found = people(entry, entry.message)
            persons = [found[field] for field in _PEOPLE[self.name]]
            flat = [one for each in persons for one in (each if isinstance(each, list) else [each])]
            return any(wanted in f"{one['Name']} {one['Address']}".lower() for one in flat)
        check: Callable[[Entry, str], bool] = _CHECKS.get(self.name, _contains)
        return check(entry, wanted)


def _contains(entry: Entry, wanted: str) -> bool:
    message = entry.message
    return any(wanted in part.lower() for part in (message.subject, message.text, message.html)) or any(
        wanted in f"{one['Name']} {one['Address']}".lower()
        for field in ("To", "Cc", "Bcc")
        for one in people(entry, message)[field]
    )


_CHECKS: dict[str, Callable[[Entry, str], bool]] = {
    "subject": lambda entry, wanted: wanted in entry.message.subject.lower(),
    "message-id": lambda entry, wanted: wanted in entry.message.header("message-id").lower(),
    "tag": lambda entry, wanted: False,
    "is": lambda entry, wanted: {"read": entry.read, "unread": not entry.read}.get(wanted, False),
    "has": lambda entry, wanted: any(_named(wanted, each.inline) for each in entry.message.attachments),
    "after": lambda entry, wanted: entry.received_at >= _moment(wanted),
    "before": lambda entry, wanted: entry.received_at < _moment(wanted),
    "larger": lambda entry, wanted: entry.size > _size(wanted),
    "smaller": lambda entry, wanted: entry.size < _size(wanted),
}


def _named(wanted: str, inline: bool) -> bool:  # noqa: FBT001 - an attachment's own attribute
    return wanted.startswith("attachment") or (inline and wanted.startswith("inline"))


def _moment(text: str) -> float:
    """Seconds since the epoch; not a number for what is no date, which nothing is after or before."""
    try:
        moment = datetime.fromisoformat(text.upper())
    except ValueError:
        return math.nan
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()


def _size(text: str) -> float:
    found = _SIZE.fullmatch(text)
    return float(found[1]) * {"": 1, "k": 1024, "m": 1024**2}[found[2]] if found else math.nan


def parse(query: str) -> list[Term]:
    """The conditions of a query; all of them must hold."""
    splitter = shlex.shlex(query, posix=True)
    splitter.whitespace_split = True
    splitter.quotes = '"'
    splitter.escape = ""
    splitter.commenters = ""
    try:
        words = list(splitter)
    except ValueError:  # an unclosed quotation mark
        words = query.replace('"', "").split()
    terms: list[Term] = []
    for word in words:
        exclude = len(word) > 1 and word[0] in "-!"
        name, colon, value = word.removeprefix(word[0] if exclude else "").partition(":")
        if colon and (name.lower() in _PEOPLE or name.lower() in _CHECKS):
            terms.append(Term(name=name.lower(), value=value, exclude=exclude))
        elif word:
            terms.append(Term(name="", value=word[1:] if exclude else word, exclude=exclude))
    return [term for term in terms if term.value]


def recipient(terms: list[Term]) -> str | None:
    """The address that the query is about, if it names a whole one: then an index finds it.

    Mailpit would also find longer addresses that contain this one; its clients filter those out again.
    """
    for term in terms:
        if term.name in {"to", "addressed"} and not term.exclude and _ADDRESS.fullmatch(term.value):
            return normal(term.value)
    return None


def fits(terms: list[Term], entry: Entry) -> bool:
    """Whether the message fulfils all of them."""
    return all(term.accepts(entry) for term in terms)
