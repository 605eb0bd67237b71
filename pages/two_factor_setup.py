"""Enrol an authenticator app."""

from playwright.sync_api import Page


class TwoFactorSetupPage:
    """The secret, as a picture, a link and text, and a field for the first code."""

    def __init__(self, page: Page) -> None:
        self.heading = page.get_by_role("heading", name="Turn on two-factor sign-in")
        self.app_link = page.get_by_role("link", name="Open the authenticator app")
        self.secret = page.get_by_label("Secret, to type in by hand")
        self.code = page.get_by_label("Authenticator code")
        self.submit = page.get_by_role("button", name="Turn on")
        self.wrong = page.get_by_text("Incorrect code.")

    def otpauth_uri(self) -> str:
        """The `otpauth://` URI that the picture shows: secret, issuer and period."""
        return self.app_link.get_attribute("href") or ""

    def activate(self, code: str) -> None:
        """Type the app's code and send it."""
        self.code.fill(code)
        self.submit.click()
