"""The pairing: a browser context, its page, its inbox, and the person who uses them."""

from dataclasses import dataclass

from playwright.async_api import BrowserContext as AsyncBrowserContext
from playwright.async_api import Page as AsyncPage
from playwright.async_api import Response as AsyncResponse
from playwright.sync_api import BrowserContext, Page, Response

from inboxwright.authenticator import AsyncAuthenticator, Authenticator
from inboxwright.identity import Identity
from inboxwright.inbox import AsyncInbox, Inbox
from inboxwright.mail import Link


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """One person in one browser context, with an inbox that nobody else has.

    Example::

        def test_a_mailed_link_is_followed_in_the_users_own_page(user, send):
            user.page.route("http://app.test/**", lambda route: route.fulfill(body="confirmed"))

            with user.inbox.expect_message(subject="Confirm your email") as mail:
                send(user.inbox.address, text="http://app.test/confirm?token=q8ZrT2vLw9XyKd4Bn6")
            user.open(mail.value.link(hosts="app.test"))

            assert user.page.content().count("confirmed") == 1
    """

    page: Page
    inbox: Inbox
    identity: Identity
    authenticator: Authenticator

    @property
    def context(self) -> BrowserContext:
        """The browser context of the page: its cookies are the user's session."""
        return self.page.context

    def open(self, target: Link | str) -> Response | None:
        """Follow a mailed link, or go to a URL or a path of the base URL, in the user's own page.

        Returns what `page.goto` does. Raises Playwright's own errors.
        """
        return self.page.goto(target.url if isinstance(target, Link) else target)


@dataclass(frozen=True, slots=True, kw_only=True)
class AsyncUser:
    """`User`, beside Playwright's async API."""

    page: AsyncPage
    inbox: AsyncInbox
    identity: Identity
    authenticator: AsyncAuthenticator

    @property
    def context(self) -> AsyncBrowserContext:
        """The browser context of the page: its cookies are the user's session."""
        return self.page.context

    async def open(self, target: Link | str) -> AsyncResponse | None:
        """As `User.open`."""
        return await self.page.goto(target.url if isinstance(target, Link) else target)
