"""Create an account."""

from playwright.sync_api import Page


class SignUpPage:
    """The sign-up form: the password is asked for twice."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.heading = page.get_by_role("heading", name="Register")
        self.email = page.get_by_label("Email Address")
        self.password = page.get_by_label("Password", exact=True)
        self.password_again = page.get_by_label("Retype Password")
        self.submit = page.get_by_role("button", name="Register")
        self.too_short = page.get_by_text("Password must be at least 8 characters")

    def open(self) -> None:
        """Go to the form."""
        self.page.goto("/register")

    def register(self, *, email: str, password: str) -> None:
        """Fill in the form and send it."""
        self.email.fill(email)
        self.password.fill(password)
        self.password_again.fill(password)
        self.submit.click()
