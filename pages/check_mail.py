"""The application's acknowledgement that a mail is on its way."""

from playwright.sync_api import Page


class CheckMailPage:
    """Shown after a link was asked for."""

    def __init__(self, page: Page) -> None:
        self.heading = page.get_by_role("heading", name="Check your email")
