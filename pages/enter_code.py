"""Type in a mailed code."""

from playwright.sync_api import Page


class EnterCodePage:
    """Shown after a code was asked for, to confirm an address or to sign in."""

    def __init__(self, page: Page) -> None:
        self.heading = page.get_by_role("heading", name="Enter your code")
        self.code = page.get_by_label("Code")
        self.submit = page.get_by_role("button", name="Continue")
        self.resend = page.get_by_role("button", name="Send a new code")
        self.sent_again = page.get_by_text("We have sent a new code")
        self.timer = page.get_by_role("timer")
        self.expired = self.timer.get_by_text("This code has expired.")
        self.wrong = page.get_by_text("Incorrect code.")

    def enter(self, code: str) -> None:
        """Type the code and send it."""
        self.code.fill(code)
        self.submit.click()

    def ask_again(self) -> None:
        """Have a new code sent in place of the first."""
        self.resend.click()
