"""The second step of a sign-in."""

from playwright.sync_api import Page


class TwoFactorPage:
    """One field, for a code of the authenticator app or a recovery code."""

    def __init__(self, page: Page) -> None:
        self.heading = page.get_by_role("heading", name="Two-factor sign-in")
        self.code = page.get_by_label("Code")
        self.submit = page.get_by_role("button", name="Sign in")
        self.wrong = page.get_by_text("Incorrect code.")

    def enter(self, code: str) -> None:
        """Type the code and send it."""
        self.code.fill(code)
        self.submit.click()
