"""Choose a new password, after a reset link was followed."""

from playwright.sync_api import Page


class NewPasswordPage:
    """The password twice, then a page that says it is changed."""

    def __init__(self, page: Page) -> None:
        self.password = page.get_by_label("New Password", exact=True)
        self.password_again = page.get_by_label("New Password (again)")
        self.submit = page.get_by_role("button", name="Change password")
        self.changed = page.get_by_role("heading", name="Your password is changed")

    def choose(self, password: str) -> None:
        """Type the password twice and send it."""
        self.password.fill(password)
        self.password_again.fill(password)
        self.submit.click()
