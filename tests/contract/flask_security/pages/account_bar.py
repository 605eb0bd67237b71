"""The menu at the foot of every page."""

from playwright.sync_api import Page


class AccountBar:
    """Shown on every page; only a signed-in person can sign out."""

    def __init__(self, page: Page) -> None:
        self.sign_out_button = page.get_by_role("button", name="Sign Out")
        self.two_factor = page.get_by_role("link", name="Two-Factor Setup")

    def sign_out(self) -> None:
        """End the session of this browser context."""
        self.sign_out_button.click()
