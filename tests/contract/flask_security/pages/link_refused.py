"""What a link leads to that was used, replaced or has expired."""

import re

from playwright.sync_api import Page


class LinkRefusedPage:
    """No page of its own: a message, and another for each kind of mailed link."""

    def __init__(self, page: Page) -> None:
        said = r"Invalid .* token|already been confirmed|Authentication failed"
        self.heading = page.get_by_role("listitem").filter(has_text=re.compile(said))
