"""The home page."""

from playwright.sync_api import Page

from pages.account_bar import AccountBar


class DashboardPage:
    """Says who is signed in."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.bar = AccountBar(page)
        self.heading = page.get_by_role("heading", name="Orchard")
        self.signed_in_as = page.get_by_test_id("signed-in-as")
        self.verified = page.get_by_text("Verified", exact=True)

    def open(self) -> None:
        """Go home; somebody who is not signed in is sent to the sign-in form."""
        self.page.goto("/")
