"""The second step of a sign-in."""

from playwright.sync_api import Page


class TwoFactorPage:
    """One field, for a code of the authenticator app."""

    def __init__(self, page: Page) -> None:
        self.heading = page.get_by_role("heading", name="Two-Factor Authentication")
        self.code = page.get_by_placeholder("enter numeric code")
        self.submit = page.get_by_role("button", name="Submit Code")
        self.wrong = page.get_by_text("Invalid code")

    def enter(self, code: str) -> None:
        """Type the code and send it."""
        self.code.fill(code)
        self.submit.click()
