"""The application's acknowledgement that a mail is on its way."""

import re

from playwright.sync_api import Page


class CheckMailPage:
    """No page of its own: a message on the next one, and another for each kind of mail."""

    def __init__(self, page: Page) -> None:
        said = r"link in the email we have just sent|Instructions to reset .* have been sent|you were sent a code"
        self.heading = page.get_by_role("listitem").filter(has_text=re.compile(said))
