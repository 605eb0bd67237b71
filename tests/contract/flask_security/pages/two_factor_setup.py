"""Enrol an authenticator app."""

import re

from playwright.sync_api import Page


class TwoFactorSetupPage:
    """Choose the app as the method; the secret is then shown as a picture and as text, above a field for the code."""

    def __init__(self, page: Page) -> None:
        self.by_app = page.get_by_label("Set up using an authenticator app")
        self.choose = page.get_by_role("button", name="Submit", exact=True)
        # The secret has neither label nor role: it is the text below the picture, base32 in groups of four.
        self.secret = page.get_by_text(re.compile(r"^\s*([A-Z2-7]{4}-){3,}[A-Z2-7]+\s*$"))
        self.code = page.get_by_placeholder("enter numeric code")
        self.submit = page.get_by_role("button", name="Submit Code")
        self.done = page.get_by_text("You successfully changed your two-factor method.")

    def shown_secret(self) -> str:
        """Choose the app, and read the secret to type in by hand."""
        self.by_app.check()
        self.choose.click()
        return self.secret.inner_text()

    def activate(self, code: str) -> None:
        """Type the app's code and send it."""
        self.code.fill(code)
        self.submit.click()
