"""What an expectation asks of a message, and why a message does not satisfy it."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from inboxwright.errors import MatchError
from inboxwright.mail import Message

Where = Callable[[Message], object]
Text = str | re.Pattern[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejection:
    """Why a message was not the expected one."""

    reason: str
    by_matcher: bool = False
    """Everything fitted but `where` found no one right link or code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Criteria:
    """Subject and sender: exact, or a pattern that is searched. `where`: true for the message that is meant.

    `where` may call `message.link(...)` or `message.code(...)`: a MatchError there means "not this one".
    """

    subject: Text | None = None
    sender: Text | None = None
    where: Where | None = None

    def reject(self, message: Message) -> Rejection | None:
        """None if the message satisfies all criteria."""
        if self.subject is not None and not _fits(self.subject, message.subject, fold=False):
            return Rejection(reason=f"its subject {message.subject!r} {_misfit(self.subject)}")
        if self.sender is not None and not _fits(self.sender, message.sender, fold=True):
            return Rejection(reason=f"its sender {message.sender!r} {_misfit(self.sender)}")
        if self.where is None:
            return None
        try:
            return None if self.where(message) else Rejection(reason="where(message) was false")
        except MatchError as error:
            return Rejection(reason=str(error), by_matcher=True)

    def __str__(self) -> str:
        parts = []
        if self.subject is not None:
            parts.append(f"subject={_show(self.subject)}")
        if self.sender is not None:
            parts.append(f"sender={_show(self.sender)}")
        if self.where is not None:
            parts.append("where=…")
        return " with " + ", ".join(parts) if parts else ""


def _fits(wanted: Text, actual: str, *, fold: bool) -> bool:
    if isinstance(wanted, re.Pattern):
        return wanted.search(actual) is not None
    return wanted.lower() == actual.lower() if fold else wanted == actual


def _misfit(wanted: Text) -> str:
    return f"does not match {_show(wanted)}" if isinstance(wanted, re.Pattern) else f"is not {wanted!r}"


def _show(wanted: Text) -> str:
    return f"/{wanted.pattern}/" if isinstance(wanted, re.Pattern) else repr(wanted)
