"""Ask for a mailed sign-in link."""

from playwright.sync_api import Page


class RequestLinkPage:
    """One field: the address."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.heading = page.get_by_role("heading", name="Sign in by link")
        self.email = page.get_by_label("Email")
        self.submit = page.get_by_role("button", name="Send link")

    def open(self) -> None:
        """Go to the form."""
        self.page.goto("/accounts/magic/")

    def request(self, email: str) -> None:
        """Have a link sent."""
        self.email.fill(email)
        self.submit.click()
