"""What the plugin keeps about one test."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

import pytest
from playwright.async_api import BrowserContext as AsyncBrowserContext
from playwright.sync_api import BrowserContext

from inboxwright.authenticator import AsyncAuthenticator, Authenticator
from inboxwright.identity import Identity
from inboxwright.inbox import AsyncInbox, Inbox

_MAIL = pytest.StashKey["TestMail"]()
_Authenticator = TypeVar("_Authenticator", Authenticator, AsyncAuthenticator)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Something that the browser did."""

    at: float
    """Monotonic seconds."""
    context: int
    """Which of the test's contexts, from 0."""
    text: str
    """In words, secrets masked."""
    bad: bool = False


def _as_it_is(result: Any) -> Any:
    return result


@dataclass(slots=True, kw_only=True)
class TestMail:
    """The inboxes, people and browser contexts of a test, in the order in which they were made."""

    __test__ = False

    began: float = field(default_factory=time.monotonic)
    """Monotonic seconds: the start of this attempt."""
    wall: float = field(default_factory=time.time)
    """The same as seconds since the epoch: for people, and for the trace's own clock."""
    inboxes: list[Inbox | AsyncInbox] = field(default_factory=list)
    identities: list[Identity] = field(default_factory=list)
    authenticators: list[Authenticator | AsyncAuthenticator] = field(default_factory=list)
    contexts: list[BrowserContext | AsyncBrowserContext] = field(default_factory=list)
    finish: Callable[[Any], Any] = _as_it_is
    """What brings a call of these contexts to its end: nothing where they are sync, else their own event loop."""
    homes: dict[str, int] = field(default_factory=dict)
    """Which context an address belongs to."""
    steps: list[Step] = field(default_factory=list)

    def add_inbox(self, inbox: Inbox | AsyncInbox) -> None:
        """Keep an inbox, paired with the context that was made last."""
        self.inboxes.append(inbox)
        self.homes[inbox.address] = max(0, len(self.contexts) - 1)

    def add_authenticator(self, authenticator: _Authenticator) -> _Authenticator:
        """Keep an authenticator, and return it."""
        self.authenticators.append(authenticator)
        return authenticator


def mail_of(item: pytest.Item) -> TestMail:
    """The record of this test."""
    return item.stash.setdefault(_MAIL, TestMail())


def begin(item: pytest.Item) -> None:
    """Forget what an earlier attempt left: a retry has inboxes and contexts of its own."""
    item.stash[_MAIL] = TestMail()


def hint_of(item: pytest.Item) -> str:
    """The test's name as the hint of an address."""
    return item.name.partition("[")[0].removeprefix("test_")
