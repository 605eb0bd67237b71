"""A user who is signed in already: the journey is walked once a worker, its storage state reused by each test.

Isolation: every test has a context of its own, so cookies and storage that it changes are gone with it; the inbox
begins at the test's start, so mail of other tests is neither found nor reported. What the tests of one worker do share
is the account at the application: do not sign it out, delete it or change its password or address.
"""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, replace
from typing import Any, TypeVar

import pytest
from playwright.sync_api import Browser, BrowserContext, StorageState

from inboxwright.authenticator import Authenticator
from inboxwright.config import Project
from inboxwright.identity import Identity
from inboxwright.inbox import Inbox, Provider
from inboxwright.plugin._item import mail_of
from inboxwright.plugin._run import run_of
from inboxwright.pump import pump
from inboxwright.user import User
from inboxwright.waiting import Waiter

T = TypeVar("T")
Journey = Callable[[User], object]


@dataclass(slots=True, kw_only=True)
class Current:
    """Waits in the context of whichever test runs now."""

    waiter: Waiter

    def __call__(self, future: Future[T], /) -> T:
        return self.waiter(future)


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn:
    """What is left of the journey, for the tests of this worker."""

    state: StorageState
    inbox: Inbox
    identity: Identity
    authenticator: Authenticator
    """One for all tests: it never hands out a code twice."""
    current: "Current"


@pytest.fixture(scope="session")
def sign_in_journey() -> Journey:
    """How a new user of your application comes to be signed in: override it in conftest.py."""
    raise pytest.UsageError(
        "signed_in_user does not know your application; in conftest.py write a session-scoped fixture "
        "sign_in_journey that returns a flow, for example: return sign_up"
    )


@pytest.fixture(scope="session")
def signed_in(
    browser: Browser,
    browser_context_args: dict[str, Any],
    provider: Provider,
    sign_in_journey: Journey,
    project: Project,
    pytestconfig: pytest.Config,
) -> SignedIn:
    """Walk the journey: once, whatever the number of tests in this worker."""
    worker = getattr(pytestconfig, "workerinput", {}).get("workerid", "main")
    person = f"{run_of(pytestconfig).shared.seed}/signed-in/{worker}"
    context = browser.new_context(**browser_context_args)
    try:
        waiter = pump(context)
        current = Current(waiter=waiter)
        user = User(
            page=context.new_page(),
            inbox=provider.new_inbox("signed-in", wait=waiter),
            identity=Identity.generate(person, locale=project.use.locale or "en_US"),
            authenticator=Authenticator(wait=current),
        )
        sign_in_journey(user)
        state = context.storage_state(indexed_db=True)
    finally:
        context.close()
    return SignedIn(
        state=state, inbox=user.inbox, identity=user.identity, authenticator=user.authenticator, current=current
    )


@pytest.fixture
def signed_in_user(
    request: pytest.FixtureRequest, signed_in: SignedIn, new_context: Callable[..., BrowserContext]
) -> User:
    """A user in a fresh context that is signed in; see the module's words on isolation."""
    context = new_context(storage_state=signed_in.state)
    signed_in.current.waiter = waiter = pump(context)
    user = User(
        page=context.new_page(),
        inbox=_from_now(signed_in.inbox, waiter),
        identity=signed_in.identity,
        authenticator=signed_in.authenticator,
    )
    record = mail_of(request.node)
    record.add_inbox(user.inbox)
    record.identities.append(user.identity)
    return user


def _from_now(inbox: Inbox, waiter: Waiter) -> Inbox:
    """The same address, without its past."""
    inbox.messages()  # all that the server holds by now is in the log
    core = inbox.core
    fresh = replace(core, start=len(core.mailbox.log), asked=[])
    return Inbox(fresh, wait=waiter)
