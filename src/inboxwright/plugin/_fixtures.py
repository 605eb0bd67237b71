"""Fixtures beside pytest-playwright: a noun is a fresh object, a verb makes more.

Only their signatures are needed to collect tests, so what they do is imported when one is set up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

import pytest
from playwright.sync_api import BrowserContext, Page, Playwright

from inboxwright.plugin._people import NewIdentity

if TYPE_CHECKING:
    from concurrent.futures import Future

    from inboxwright.config import Project
    from inboxwright.identity import Identity
    from inboxwright.inbox import Inbox, Provider
    from inboxwright.plugin._signed_in import Journey, SignedIn
    from inboxwright.user import User
    from inboxwright.waiting import Waiter

NewUser: TypeAlias = "Callable[..., User]"
"""Takes the options of a browser context, such as `locale`."""


class NewInbox(Protocol):
    """Makes one more inbox; `hint` stands in its address for people who read it."""

    def __call__(self, hint: str | None = None) -> Inbox: ...


@pytest.fixture
def waiter(request: pytest.FixtureRequest) -> Waiter:
    """How this test waits: keeping Playwright's loop turning once there is one, and blocking before."""
    from inboxwright.pump import driven_here, pump

    def wait(future: Future[Any], /) -> Any:
        if future.done() or not driven_here():
            return future.result()
        return pump(_driven(request))(future)

    return wait


def _driven(request: pytest.FixtureRequest) -> BrowserContext | Playwright:
    """Something of the Playwright that drives browsers in this thread."""
    from inboxwright.plugin._test_record import record_of

    contexts = [held for held in record_of(request.node).contexts if isinstance(held, BrowserContext)]
    return contexts[-1] if contexts else request.getfixturevalue("playwright")


@pytest.fixture
def new_inbox(request: pytest.FixtureRequest, provider: Provider, waiter: Waiter) -> Iterator[NewInbox]:
    """Makes a fresh inbox; the test's name stands in its address if no hint is given.

    Example::

        def test_each_guest_has_an_inbox(new_inbox, send):
            guests = [new_inbox("guest") for _ in range(3)]
            for guest in guests:
                send(guest.address, subject="Invitation")
            assert [guest.wait_for_message().recipient for guest in guests] == [guest.address for guest in guests]
    """
    from inboxwright.plugin._test_record import hint_of, record_of

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
    """A fresh inbox, paired with the test's own `context` and `page`.

    Example::

        def test_the_code_is_six_digits(page, inbox, send):
            with inbox.expect_message() as mail:
                send(inbox.address, text="Your code is 482913.")
            assert mail.value.code(length=6) == "482913"
    """
    return new_inbox()


@pytest.fixture
def new_user(
    request: pytest.FixtureRequest,
    new_context: Callable[..., BrowserContext],
    new_inbox: NewInbox,
    new_identity: NewIdentity,
    waiter: Waiter,
) -> NewUser:
    """Makes one more user: a browser context with these options, and page, inbox, identity, authenticator to it.

    Example::

        def test_two_people_share_nothing(new_user):
            alice, bob = new_user(), new_user(locale="de-DE")
            assert alice.context != bob.context
            assert alice.inbox.address != bob.inbox.address
    """
    from inboxwright.authenticator import Authenticator
    from inboxwright.plugin._test_record import record_of
    from inboxwright.user import User

    def make(**options: Any) -> User:
        authenticator = record_of(request.node).add_authenticator(Authenticator(wait=waiter))
        page = new_context(**options).new_page()
        return User(page=page, inbox=new_inbox(), identity=new_identity(), authenticator=authenticator)

    return make


@pytest.fixture
def user(request: pytest.FixtureRequest, page: Page, inbox: Inbox, identity: Identity, waiter: Waiter) -> User:
    """The test's own page, context and inbox, with an identity and an authenticator.

    Example::

        def test_the_pair(user, page, inbox):
            assert user.page is page
            assert user.inbox is inbox
    """
    from inboxwright.authenticator import Authenticator
    from inboxwright.plugin._test_record import record_of
    from inboxwright.user import User

    authenticator = record_of(request.node).add_authenticator(Authenticator(wait=waiter))
    return User(page=page, inbox=inbox, identity=identity, authenticator=authenticator)


@pytest.fixture(scope="session")
def sign_in_journey() -> Journey:
    """How a new user of your application comes to be signed in: override it in conftest.py."""
    raise pytest.UsageError(
        "signed_in_user does not know your application; in conftest.py write a session-scoped fixture "
        "sign_in_journey that returns a flow, for example: return sign_up"
    )


@pytest.fixture(scope="session")
def signed_in(provider: Provider, sign_in_journey: Journey, project: Project, pytestconfig: pytest.Config) -> SignedIn:
    """The one who signs in, once for all tests of this worker."""
    from inboxwright.plugin._signed_in import SignedIn

    return SignedIn.of_worker(pytestconfig, provider=provider, journey=sign_in_journey, locale=project.use.locale)


@pytest.fixture
def signed_in_user(
    request: pytest.FixtureRequest, signed_in: SignedIn, new_context: Callable[..., BrowserContext]
) -> User:
    """A user in a fresh context that is signed in; the account is shared by the tests of this worker.

    Do not sign it out, delete it or change its password or address.
    """
    return signed_in.user(request.node, new_context)
