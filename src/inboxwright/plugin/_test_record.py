"""What the plugin keeps about one test: its inboxes, people and contexts, and what its browsers did."""

import html
import logging
import re
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

import pytest
from playwright.async_api import Browser as AsyncBrowser
from playwright.async_api import BrowserContext as AsyncBrowserContext
from playwright.async_api import Page as AsyncPage
from playwright.async_api import Playwright as AsyncPlaywright
from playwright.sync_api import Browser, BrowserContext, Error, Page, Playwright

from inboxwright.authenticator import AsyncAuthenticator, Authenticator
from inboxwright.identity import Identity
from inboxwright.inbox import AsyncInbox, Inbox, InboxCore, Provider
from inboxwright.mail.urls.tokens import mask_text, mask_url
from inboxwright.plugin._activation import run_of
from inboxwright.plugin._learning import of_cookies
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
    url: str = field(default="", repr=False)
    """Of a page that was reached, as it is: to be compared with the links of the mails."""


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
    secrets: set[str] = field(default_factory=set)
    """What else works: cookies of its contexts, and of the storage states that they began with."""
    others: list[InboxCore] = field(default_factory=list)
    """Inboxes that the suite made itself, for one test or for several: nobody asks who claims their mail."""

    @property
    def cores(self) -> list[InboxCore]:
        """Every inbox whose mail may show in this test."""
        return [*(inbox.core for inbox in self.inboxes), *self.others]

    @property
    def is_ours(self) -> bool:
        """Whether the test has used anything that it does not have from Playwright's plugin alone."""
        return bool(self.inboxes or self.others or self.identities or self.authenticators)

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
        secrets.add(*authenticator.spellings(), *authenticator.handed_out)
    secrets.add(*test.secrets)
    for core in test.cores:
        for entry in core.entries:
            secrets.learn(entry.message)
    return secrets


def find_what_exists(item: pytest.Item) -> None:
    """Complete the record by what the test's fixtures hold now: contexts and inboxes that the suite made itself.

    By the fixtures that were really set up, whether the test names them or asked for them while it ran.
    """
    test = record_of(item)
    for value in _fixture_values(item):
        for context in _contexts_of(value):
            if context not in test.contexts:
                test.contexts.append(context)
        if isinstance(value, Provider):
            known_of = {core.mailbox.address for core in test.cores}
            test.others += [core for core in value.cores if core.mailbox.address not in known_of]


def uses_playwright(item: pytest.Item) -> bool:
    """Whether the test has had to do with a browser or with mail."""
    return any(
        isinstance(value, Provider | Playwright | AsyncPlaywright) or _contexts_of(value)
        for value in _fixture_values(item)
    )


def _fixture_values(item: pytest.Item) -> list[Any]:
    """Of all fixtures that are set up for the test now; pytest has no public name for them."""
    definitions = getattr(getattr(item, "_request", None), "_fixture_defs", {})
    cached = (definition.cached_result for definition in definitions.values())
    return [result[0] for result in cached if result is not None and result[2] is None]


def _contexts_of(value: Any) -> list[Any]:
    """The contexts that are open by this value: a browser, a context, a page."""
    if isinstance(value, Browser | AsyncBrowser):
        return list(value.contexts)
    if isinstance(value, BrowserContext | AsyncBrowserContext):
        return [value]
    return [value.context] if isinstance(value, Page | AsyncPage) else []


def learn_cookies(item: pytest.Item) -> None:
    """What the sessions of its contexts live on; a context that is closed tells nothing."""
    test = record_of(item)
    for context in test.contexts:
        with suppress(Error):
            test.secrets.update(of_cookies(test.finish(context.cookies())))


def follow(context: BrowserContext | AsyncBrowserContext, test: TestRecord) -> None:
    """Note what happens in this context. Only events that Playwright sends anyway: nothing is slowed."""
    number = len(test.contexts)
    test.contexts.append(context)

    def note(text: str, *, bad: bool = False, url: str = "") -> None:
        test.steps.append(Step(at=time.monotonic(), context=number, text=text, bad=bad, url=url))
        _log.info("browser %d: %s", number + 1, text)

    listen: Any = context.on  # its overloads differ between the sync and the async API
    listen("page", lambda page: _follow_page(page, note))


def _follow_page(page: Any, note: Callable[..., None]) -> None:
    def reached(frame: Any) -> None:
        if frame == page.main_frame and frame.url != "about:blank" and not frame.url.startswith(EVIDENCE_HOST):
            note(f"reached {mask_url(frame.url)}", url=frame.url)

    page.on("framenavigated", reached)
    page.on("crash", lambda _: note("the page crashed", bad=True))
    page.on("pageerror", lambda error: note(f"script error: {mask_text(str(error))}", bad=True))


def events_of(test: TestRecord) -> list[Event]:
    """Browser steps, waits and mails since the test began."""
    several = len(test.contexts) > 1
    links = links_of(test)
    found = [
        Event(
            at=step.at - test.began,
            lane="browser",
            text=(f"user {step.context + 1} {step.text}" if several else step.text) + opened(step.url, links),
            bad=step.bad,
        )
        for step in test.steps
    ]
    for core in test.cores:
        found += _of_inbox(core, test.began)
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


def links_of(test: TestRecord) -> list[str]:
    """The words of each mail, as the evidence counts them, in which a link of it can be found."""
    entries = [entry for core in test.cores for entry in core.entries if entry.arrived >= test.began]
    entries.sort(key=lambda entry: entry.arrived)
    return [html.unescape(f"{entry.message.text}\n{entry.message.html}") for entry in entries]


def _leads_to(url: str, words: str) -> bool:
    """Whether the words have this URL as a whole; a bare front page is no link of a mail."""
    if urlsplit(url).path in {"", "/"} and not urlsplit(url).query:
        return False
    return re.search(rf"{re.escape(url)}(?![\w/?&=%-])", words) is not None


def opened(url: str, links: Sequence[str]) -> str:
    """Of a page that was reached or asked for: which mail sent the browser there; nothing for the others."""
    number = next((at for at, words in enumerate(links, start=1) if url and _leads_to(url, words)), 0)
    return f" (opened the link of mail {number})" if number else ""


def _of_inbox(core: InboxCore, began: float) -> list[Event]:
    address = core.mailbox.address
    events = [
        Event(
            at=entry.arrived - began,
            lane="mail",
            text=f"{mask_text(entry.message.subject)!r} from {entry.message.sender} to {address}"
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
                text=f"mail{mask_text(str(wait.criteria))} to {address}: {outcome}",
                lasted=end - begun,
                bad=wait.outcome not in _FINE,
            )
        )
    return events
