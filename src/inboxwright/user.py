"""The pairing: a browser context, its page, its inbox, and the person who uses them."""

from dataclasses import dataclass

from playwright.sync_api import BrowserContext, Page, Response

from inboxwright.authenticator import Authenticator
from inboxwright.identity import Identity
from inboxwright.inbox import Inbox
from inboxwright.mail import Link


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """One person in one browser context, with an inbox that nobody else has."""

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
