"""What the plugin keeps about one test: its inboxes, people and contexts, and what its browsers did."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

import pytest
from playwright.async_api import BrowserContext as AsyncBrowserContext
from playwright.sync_api import BrowserContext

from inboxwright.authenticator import AsyncAuthenticator, Authenticator
from inboxwright.identity import Identity
from inboxwright.inbox import AsyncInbox, Inbox
from inboxwright.mail.urls.tokens import mask_text, mask_url
from inboxwright.plugin._activation import run_of
from inboxwright.plugin._secrets import Secrets
from inboxwright.polling import Watch
from inboxwright.report.timeline import Event

if TYPE_CHECKING:  # few tests have callbacks, and an HTTP server comes with them
    from inboxwright.callbacks import AsyncCallbacks, Callbacks

EVIDENCE_HOST = "https://evidence.inboxwright.invalid"
"""Where mails are shown as pages; `.invalid` is nobody's (RFC 2606)."""

_RECORD = pytest.StashKey["TestRecord"]()
_Authenticator = TypeVar("_Authenticator", Authenticator, AsyncAuthenticator)
_log = logging.getLogger("inboxwright")
_BODY_SHOWN = 200
"""Characters of a call's body."""
_FINE = {"arrived", "silence", None}
"""How a wait ends that found what it wanted."""


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
class TestRecord:
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
    polls: list[Watch] = field(default_factory=list)
    callbacks: "list[Callbacks | AsyncCallbacks]" = field(default_factory=list)

    def add_inbox(self, inbox: Inbox | AsyncInbox) -> None:
        """Keep an inbox, paired with the context that was made last."""
        self.inboxes.append(inbox)
        self.homes[inbox.address] = max(0, len(self.contexts) - 1)

    def add_authenticator(self, authenticator: _Authenticator) -> _Authenticator:
        """Keep an authenticator, and return it."""
        self.authenticators.append(authenticator)
        return authenticator


def record_of(item: pytest.Item) -> TestRecord:
    """The record of this test."""
    return item.stash.setdefault(_RECORD, TestRecord())


def begin(item: pytest.Item) -> None:
    """Forget what an earlier attempt left: a retry has inboxes and contexts of its own."""
    item.stash[_RECORD] = TestRecord()


def hint_of(item: pytest.Item) -> str:
    """The test's name as the hint of an address."""
    return item.name.partition("[")[0].removeprefix("test_")


def known(item: pytest.Item) -> Secrets:
    """The project's credentials, the passwords and TOTP keys of the test's people, and what its mails hold."""
    secrets, test = run_of(item.config).secrets(), record_of(item)
    secrets.add(*(identity.password for identity in test.identities))
    for authenticator in test.authenticators:
        secrets.add(*authenticator.spellings())
    for inbox in test.inboxes:
        for entry in inbox.core.entries:
            secrets.learn(entry.message)
    return secrets


def follow(context: BrowserContext | AsyncBrowserContext, test: TestRecord) -> None:
    """Note what happens in this context. Only events that Playwright sends anyway: nothing is slowed."""
    number = len(test.contexts)
    test.contexts.append(context)

    def note(text: str, *, bad: bool = False) -> None:
        test.steps.append(Step(at=time.monotonic(), context=number, text=text, bad=bad))
        _log.info("browser %d: %s", number + 1, text)

    listen: Any = context.on  # its overloads differ between the sync and the async API
    listen("page", lambda page: _follow_page(page, note))


def _follow_page(page: Any, note: Callable[..., None]) -> None:
    def reached(frame: Any) -> None:
        if frame == page.main_frame and frame.url != "about:blank" and not frame.url.startswith(EVIDENCE_HOST):
            note(f"reached {mask_url(frame.url)}")

    page.on("framenavigated", reached)
    page.on("crash", lambda _: note("the page crashed", bad=True))
    page.on("pageerror", lambda error: note(f"script error: {mask_text(str(error))}", bad=True))


def events_of(test: TestRecord) -> list[Event]:
    """Browser steps, waits and mails since the test began."""
    several = len(test.contexts) > 1
    found = [
        Event(
            at=step.at - test.began,
            lane="browser",
            text=f"user {step.context + 1} {step.text}" if several else step.text,
            bad=step.bad,
        )
        for step in test.steps
    ]
    for inbox in test.inboxes:
        found += _of_inbox(inbox, test.began)
    found += [_of_poll(watch, test.began) for watch in test.polls]
    for callbacks in test.callbacks:
        found += _of_callbacks(callbacks, test.began)
    return sorted(found, key=lambda event: event.at)


def _of_poll(watch: Watch, began: float) -> Event:
    outcome = watch.outcome or "cut off"
    seen = "; ".join(map(str, watch.seen[-3:]))
    return Event(
        at=watch.began - began,
        lane="wait",
        text=mask_text(f"value {watch.wanted}: {outcome}; seen: {seen}"),
        lasted=(watch.ended or time.monotonic()) - watch.began,
        bad=outcome != "came",
    )


def _of_callbacks(callbacks: "Callbacks | AsyncCallbacks", began: float) -> list[Event]:
    calls = [
        Event(
            at=heard.at - began,
            lane="call",
            text=mask_text(f"{heard.call}: {heard.call.text[:_BODY_SHOWN]!r}{_trouble(heard.trouble, heard.claimed)}"),
            bad=heard.trouble is not None,
        )
        for heard in callbacks.core.heard
    ]
    waits = [
        Event(
            at=wait.begun - began,
            lane="wait",
            text=mask_text(f"{wait.wanted}: {wait.outcome or 'cut off'}"),
            lasted=(wait.ended or time.monotonic()) - wait.begun,
            bad=wait.outcome not in _FINE,
        )
        for wait in callbacks.core.asked
        if wait.begun
    ]
    return [*calls, *waits]


def _trouble(trouble: str | None, claimed: object) -> str:
    return f" ({trouble})" if trouble else "" if claimed else " (not claimed)"


def _of_inbox(inbox: Inbox | AsyncInbox, began: float) -> list[Event]:
    core = inbox.core
    events = [
        Event(
            at=entry.arrived - began,
            lane="mail",
            text=f"{mask_text(entry.message.subject)!r} from {entry.message.sender} to {inbox.address}"
            + ("" if entry.claimed else f" ({entry.refused or 'not claimed'})"),
            bad=entry.refused is not None,
        )
        for entry in core.entries
        if entry.arrived >= began  # of a sign-in journey, what came during an earlier test is told there
    ]
    for wait in core.asked:
        begun = wait.begun or wait.started
        if not wait.started or begun < began:
            continue
        end = wait.ended or time.monotonic()
        outcome = wait.outcome or ("cut off" if wait.started > wait.begun else "the block failed first")
        events.append(
            Event(
                at=begun - began,
                lane="wait",
                text=f"mail{mask_text(str(wait.criteria))} to {inbox.address}: {outcome}",
                lasted=end - begun,
                bad=wait.outcome not in _FINE,
            )
        )
    return events
