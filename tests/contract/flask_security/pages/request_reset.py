"""Ask for a mailed link to choose a new password."""

from playwright.sync_api import Page


class RequestResetPage:
    """One field: the address."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.email = page.get_by_label("Email Address")
        self.submit = page.get_by_role("button", name="Recover password")

    def open(self) -> None:
        """Go to the form."""
        self.page.goto("/reset")

    def request_reset(self, email: str) -> None:
        """Have a link sent."""
        self.email.fill(email)
        self.submit.click()
