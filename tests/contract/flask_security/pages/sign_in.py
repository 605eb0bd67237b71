"""Sign in with a password."""

from playwright.sync_api import Page


class SignInPage:
    """The sign-in form."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.heading = page.get_by_role("heading", name="Login")
        self.email = page.get_by_label("Email Address")
        self.password = page.get_by_label("Password")
        self.submit = page.get_by_role("button", name="Login")
        self.refused = page.get_by_text("Authentication failed")

    def open(self) -> None:
        """Go to the form."""
        self.page.goto("/login")

    def sign_in(self, *, email: str, password: str) -> None:
        """Fill in the form and send it."""
        self.email.fill(email)
        self.password.fill(password)
        self.submit.click()
