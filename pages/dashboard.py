"""The home of a signed-in person."""

from playwright.sync_api import Page

from pages.account_bar import AccountBar


class DashboardPage:
    """Who is signed in, and how well the account is protected."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.bar = AccountBar(page)
        self.heading = page.get_by_role("heading", name="Welcome to Meadow")
        self.signed_in_as = page.get_by_test_id("signed-in-as")
        self.verified = page.get_by_text("Verified", exact=True)
        self.turn_on_two_factor = page.get_by_role("link", name="Turn on two-factor sign-in")
        self.two_factor_on = page.get_by_text("Two-factor sign-in is on")

    def open(self) -> None:
        """Go home; somebody who is not signed in is sent to the sign-in form."""
        self.page.goto("/")
