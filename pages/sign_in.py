"""Sign in with a password, or choose another way."""

from playwright.sync_api import Page


class SignInPage:
    """The sign-in form."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.heading = page.get_by_role("heading", name="Welcome back")
        self.email = page.get_by_label("Email")
        self.password = page.get_by_label("Password")
        self.submit = page.get_by_role("button", name="Sign in")
        self.refused = page.get_by_text("The email address and/or password you specified are not correct.")
        self.too_many_attempts = page.get_by_text("Too many failed login attempts.")

    def open(self) -> None:
        """Go to the form."""
        self.page.goto("/accounts/login/")

    def sign_in(self, *, email: str, password: str) -> None:
        """Fill in the form and send it."""
        self.email.fill(email)
        self.password.fill(password)
        self.submit.click()
