"""Ask for a mailed sign-in code."""

from playwright.sync_api import Page


class RequestCodePage:
    """One field: the address."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.heading = page.get_by_role("heading", name="Sign in by code")
        self.email = page.get_by_label("Email")
        self.submit = page.get_by_role("button", name="Send code")

    def open(self, *, expires: int | None = None) -> None:
        """Go to the form; `expires` makes this visitor's codes valid for so many seconds only."""
        self.page.goto("/accounts/login/code/" + (f"?expires={expires}" if expires else ""))

    def request(self, email: str) -> None:
        """Have a code sent."""
        self.email.fill(email)
        self.submit.click()
