"""The address of the account, and the change of it."""

from playwright.sync_api import Page

from pages.account_bar import AccountBar


class EmailAddressPage:
    """A change is pending until the new address is confirmed."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.bar = AccountBar(page)
        self.current = page.get_by_test_id("current-email")
        self.pending = page.get_by_test_id("pending-email")
        self.new_email = page.get_by_label("New email")
        self.submit = page.get_by_role("button", name="Change email")

    def open(self) -> None:
        """Go to the form."""
        self.page.goto("/accounts/email/")

    def change_to(self, email: str) -> None:
        """Ask for the change."""
        self.new_email.fill(email)
        self.submit.click()
