"""Give the password once more before a sensitive page."""

from playwright.sync_api import Page


class ConfirmAccessPage:
    """Asked for where the person did not give a password to sign in."""

    def __init__(self, page: Page) -> None:
        self.heading = page.get_by_role("heading", name="Confirm it is you")
        self.password = page.get_by_label("Password")
        self.submit = page.get_by_role("button", name="Continue")

    def confirm(self, password: str) -> None:
        """Type the password and send it."""
        self.password.fill(password)
        self.submit.click()
