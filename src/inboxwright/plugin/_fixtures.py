"""Fixtures beside pytest-playwright: a noun is a fresh object, a verb makes more."""

from collections.abc import Callable, Iterator
from typing import Any, Protocol

import pytest
from playwright.sync_api import BrowserContext, Page

from inboxwright.authenticator import Authenticator
from inboxwright.identity import Identity
from inboxwright.inbox import Inbox, Provider
from inboxwright.plugin._people import NewIdentity
from inboxwright.plugin._test_record import hint_of, record_of
from inboxwright.pump import pump
from inboxwright.user import User
from inboxwright.waiting import Waiter, block


class NewInbox(Protocol):
    """Makes one more inbox; `hint` stands in its address for people who read it."""

    def __call__(self, hint: str | None = None) -> Inbox: ...


NewUser = Callable[..., User]
"""Takes the options of a browser context, such as `locale`."""


@pytest.fixture
def waiter(request: pytest.FixtureRequest) -> Waiter:
    """How this test waits: keeping Playwright's loop turning if the test uses a page, else blocking."""
    if "context" in request.fixturenames:
        return pump(request.getfixturevalue("context"))
    return pump(request.getfixturevalue("playwright")) if "playwright" in request.fixturenames else block


@pytest.fixture
def new_inbox(request: pytest.FixtureRequest, provider: Provider, waiter: Waiter) -> Iterator[NewInbox]:
    """Makes a fresh inbox; the test's name stands in its address if no hint is given."""
    made: list[Inbox] = []

    def make(hint: str | None = None) -> Inbox:
        inbox = provider.new_inbox(hint or hint_of(request.node), wait=waiter)
        record_of(request.node).add_inbox(inbox)
        made.append(inbox)
        return inbox

    yield make
    for inbox in made:
        provider.release(inbox)


@pytest.fixture
def inbox(context: BrowserContext, new_inbox: NewInbox) -> Inbox:
    """A fresh inbox, paired with the test's own `context` and `page`."""
    return new_inbox()


@pytest.fixture
def new_user(
    request: pytest.FixtureRequest,
    new_context: Callable[..., BrowserContext],
    new_inbox: NewInbox,
    new_identity: NewIdentity,
    waiter: Waiter,
) -> NewUser:
    """Makes one more user: a browser context with these options, and page, inbox, identity, authenticator to it."""

    def make(**options: Any) -> User:
        authenticator = record_of(request.node).add_authenticator(Authenticator(wait=waiter))
        page = new_context(**options).new_page()
        return User(page=page, inbox=new_inbox(), identity=new_identity(), authenticator=authenticator)

    return make


@pytest.fixture
def user(request: pytest.FixtureRequest, page: Page, inbox: Inbox, identity: Identity, waiter: Waiter) -> User:
    """The test's own page, context and inbox, with an identity and an authenticator."""
    authenticator = record_of(request.node).add_authenticator(Authenticator(wait=waiter))
    return User(page=page, inbox=inbox, identity=identity, authenticator=authenticator)
