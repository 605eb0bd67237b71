"""Choose a new password, after a reset link was followed."""

from playwright.sync_api import Page


class NewPasswordPage:
    """The password twice, then the sign-in form with a message that it is changed."""

    def __init__(self, page: Page) -> None:
        self.password = page.get_by_label("Password", exact=True)
        self.password_again = page.get_by_label("Retype Password")
        self.submit = page.get_by_role("button", name="Reset Password")
        self.changed = page.get_by_text("You successfully reset your password.")

    def choose(self, password: str) -> None:
        """Type the password twice and send it."""
        self.password.fill(password)
        self.password_again.fill(password)
        self.submit.click()
