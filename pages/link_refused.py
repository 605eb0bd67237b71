"""What a link leads to that was used, replaced or has expired."""

from playwright.sync_api import Page


class LinkRefusedPage:
    """The same for every kind of mailed link."""

    def __init__(self, page: Page) -> None:
        self.heading = page.get_by_role("heading", name="This link is no longer valid")
