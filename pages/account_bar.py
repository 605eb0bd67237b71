"""The bar at the top of every page of a signed-in person."""

from playwright.sync_api import Page


class AccountBar:
    """Shared chrome: a component attribute of the pages that show it."""

    def __init__(self, page: Page) -> None:
        bar = page.get_by_role("banner")
        self.email = bar.get_by_role("link", name="Email")
        self.password = bar.get_by_role("link", name="Password")
        self.security = bar.get_by_role("link", name="Security")
        self.sign_out_button = bar.get_by_role("button", name="Sign out")

    def sign_out(self) -> None:
        """End the session of this browser context."""
        self.sign_out_button.click()
