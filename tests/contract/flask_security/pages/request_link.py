"""Ask for a mail that carries both a sign-in code and a link."""

from playwright.sync_api import Page


class RequestLinkPage:
    """Unified sign-in: one form to ask for a code and to type it in."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.heading = page.get_by_role("heading", name="Sign In")
        self.identity = page.get_by_label("Identity")
        self.by_email = page.get_by_label("Via email")
        self.send = page.get_by_role("button", name="Send Code")
        self.passcode = page.get_by_label("Passcode")
        self.submit = page.get_by_role("button", name="Submit")

    def open(self) -> None:
        """Go to the form."""
        self.page.goto("/us-signin")

    def request(self, email: str) -> None:
        """Have a code and a link sent."""
        self.identity.fill(email)
        self.by_email.check()
        self.send.click()

    def enter(self, code: str) -> None:
        """Type the code and send it."""
        self.passcode.fill(code)
        self.submit.click()
