"""Create an account."""

from playwright.sync_api import Page


class SignUpPage:
    """The sign-up form."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.heading = page.get_by_role("heading", name="Create your account")
        self.email = page.get_by_label("Email")
        self.password = page.get_by_label("Password")
        self.submit = page.get_by_role("button", name="Create account")
        self.too_short = page.get_by_text("This password is too short.")
        self.prefer_code = page.get_by_role("link", name="Send a code instead")

    def open(self) -> None:
        """Go to the form."""
        self.page.goto("/accounts/signup/")

    def register(self, *, email: str, password: str) -> None:
        """Fill in the form and send it."""
        self.email.fill(email)
        self.password.fill(password)
        self.submit.click()
