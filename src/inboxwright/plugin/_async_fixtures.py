"""Fixtures beside pytest-playwright-asyncio: the same nouns and verbs, awaited.

What they do is imported when one is set up, as in `_fixtures`.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

import pytest
import pytest_asyncio
from playwright.async_api import BrowserContext, Page

from inboxwright.plugin._people import NewIdentity

if TYPE_CHECKING:
    from inboxwright.identity import Identity
    from inboxwright.inbox import AsyncInbox, Provider
    from inboxwright.user import AsyncUser

NewAsyncUser: TypeAlias = "Callable[..., Awaitable[AsyncUser]]"
"""Takes the options of a browser context, such as `locale`."""


class NewAsyncInbox(Protocol):
    """Makes one more inbox; `hint` stands in its address for people who read it."""

    async def __call__(self, hint: str | None = None) -> AsyncInbox: ...


@pytest.fixture
def new_inbox(request: pytest.FixtureRequest, provider: Provider) -> Iterator[NewAsyncInbox]:
    """Makes a fresh inbox; the test's name stands in its address if no hint is given."""
    from inboxwright.plugin._test_record import hint_of, record_of

    made: list[AsyncInbox] = []

    async def make(hint: str | None = None) -> AsyncInbox:
        inbox = await provider.new_async_inbox(hint or hint_of(request.node))
        record_of(request.node).add_inbox(inbox)
        made.append(inbox)
        return inbox

    yield make
    for inbox in made:
        provider.release(inbox)


@pytest_asyncio.fixture(loop_scope="session")
async def inbox(context: BrowserContext, new_inbox: NewAsyncInbox) -> AsyncInbox:
    """A fresh inbox, paired with the test's own `context` and `page`."""
    return await new_inbox()


@pytest.fixture
def new_user(
    request: pytest.FixtureRequest,
    new_context: Callable[..., Awaitable[BrowserContext]],
    new_inbox: NewAsyncInbox,
    new_identity: NewIdentity,
) -> NewAsyncUser:
    """Makes one more user: a browser context with these options, and page, inbox, identity, authenticator to it."""

    from inboxwright.authenticator import AsyncAuthenticator
    from inboxwright.plugin._test_record import record_of
    from inboxwright.user import AsyncUser

    async def make(**options: Any) -> AsyncUser:
        return AsyncUser(
            page=await (await new_context(**options)).new_page(),
            inbox=await new_inbox(),
            identity=new_identity(),
            authenticator=record_of(request.node).add_authenticator(AsyncAuthenticator()),
        )

    return make


@pytest.fixture
def user(request: pytest.FixtureRequest, page: Page, inbox: AsyncInbox, identity: Identity) -> AsyncUser:
    """The test's own page, context and inbox, with an identity and an authenticator."""
    from inboxwright.authenticator import AsyncAuthenticator
    from inboxwright.plugin._test_record import record_of
    from inboxwright.user import AsyncUser

    authenticator = record_of(request.node).add_authenticator(AsyncAuthenticator())
    return AsyncUser(page=page, inbox=inbox, identity=identity, authenticator=authenticator)
