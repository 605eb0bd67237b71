"""A user who is signed in already: the journey is walked once a worker, its storage state reused by each test.

Isolation: every test has a context of its own, so cookies and storage that it changes are gone with it; the inbox
begins at the test's start, so mail of other tests is neither found nor reported. What the tests of one worker do share
is the account at the application: do not sign it out, delete it or change its password or address.
"""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from typing import TypeVar

import pytest
from playwright.sync_api import BrowserContext, StorageState

from inboxwright.authenticator import Authenticator
from inboxwright.identity import Identity
from inboxwright.inbox import Inbox, Provider
from inboxwright.plugin._activation import run_of
from inboxwright.plugin._test_record import TestRecord, record_of
from inboxwright.pump import pump
from inboxwright.user import User
from inboxwright.waiting import Waiter, block

T = TypeVar("T")
Journey = Callable[[User], object]
NewContext = Callable[..., BrowserContext]


@dataclass(slots=True, kw_only=True)
class Current:
    """Waits in the context of whichever test runs now."""

    waiter: Waiter = block

    def __call__(self, future: Future[T], /) -> T:
        return self.waiter(future)


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What is left of the journey, for the tests of this worker."""

    state: StorageState
    inbox: Inbox


@dataclass(slots=True, kw_only=True)
class SignedIn:
    """The worker's person, whose journey the first test that wants it walks: its evidence is that test's."""

    journey: Journey
    provider: Provider
    identity: Identity
    current: Current
    authenticator: Authenticator
    """One for all tests: it never hands out a code twice."""
    account: Account | None = None
    failure: BaseException | None = field(default=None, repr=False)
    inbox: Inbox | None = None

    @classmethod
    def of_worker(
        cls, config: pytest.Config, *, provider: Provider, journey: Journey, locale: str | None
    ) -> "SignedIn":
        """The person of this worker."""
        worker = getattr(config, "workerinput", {}).get("workerid", "main")
        person = f"{run_of(config).shared.seed}/signed-in/{worker}"
        current = Current()
        return cls(
            journey=journey,
            provider=provider,
            identity=Identity.generate(person, locale=locale or "en_US"),
            current=current,
            authenticator=Authenticator(wait=current),
        )

    def user(self, item: pytest.Item, new_context: NewContext) -> User:
        """For one test: a fresh context that is signed in."""
        record = record_of(item)
        record.identities.append(self.identity)
        record.add_authenticator(self.authenticator)
        if getattr(item, "execution_count", 1) > 1:
            self.failure = None  # a retry tries all of it again
        account = self.walk(record, new_context)
        context = new_context(storage_state=account.state)
        self.current.waiter = waiter = pump(context)
        inbox = _from_now(account.inbox, waiter)
        page = context.new_page()
        record.add_inbox(inbox)
        return User(page=page, inbox=inbox, identity=self.identity, authenticator=self.authenticator)

    def walk(self, record: TestRecord, new_context: NewContext) -> Account:
        """The account; raises what the journey raised, again for each test, but walks it anew for none."""
        if self.failure is not None:
            if self.inbox is not None:
                record.add_inbox(self.inbox)
            raise self.failure
        if self.account is None:
            try:
                self.account = self._walk(record, new_context())
            except BaseException as error:
                self.failure = error
                raise
        return self.account

    def _walk(self, record: TestRecord, context: BrowserContext) -> Account:
        self.current.waiter = waiter = pump(context)
        inbox = self.inbox = self.provider.new_inbox("signed-in", wait=waiter)
        record.add_inbox(inbox)
        user = User(page=context.new_page(), inbox=inbox, identity=self.identity, authenticator=self.authenticator)
        self.journey(user)
        state = context.storage_state(indexed_db=True)
        context.close()
        record.inboxes.pop()  # its mail is no test's to claim
        return Account(state=state, inbox=inbox)


def _from_now(inbox: Inbox, waiter: Waiter) -> Inbox:
    """The same address, without its past."""
    inbox.messages()  # all that the server holds by now is in the log
    core = inbox.core
    fresh = replace(core, start=len(core.mailbox.log), asked=[])
    return Inbox(fresh, wait=waiter)
