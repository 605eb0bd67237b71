"""The codes that replace the authenticator app, once each."""

from playwright.sync_api import Page

from pages.account_bar import AccountBar


class RecoveryCodesPage:
    """Shown when two-factor sign-in was turned on, and on request."""

    def __init__(self, page: Page) -> None:
        self.bar = AccountBar(page)
        self.heading = page.get_by_role("heading", name="Recovery codes")
        self.unused = page.get_by_role("list", name="Unused recovery codes").get_by_role("listitem")

    def codes(self) -> list[str]:
        """All codes that have not been used."""
        return self.unused.all_inner_texts()
