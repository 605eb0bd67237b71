"""The first half of a password reset: the link is mailed, and not followed yet."""

from inboxwright import Link, User
from pages.check_mail import CheckMailPage
from pages.request_reset import RequestResetPage


def request_password_reset(user: User) -> Link:
    """Ask for a reset and return the mailed link."""
    form = RequestResetPage(user.page)
    form.open()
    with user.inbox.expect_message(subject="Reset your password") as mail:
        form.request_reset(user.inbox.address)
        CheckMailPage(user.page).heading.wait_for()
    return mail.value.link(text="Choose a new password")
