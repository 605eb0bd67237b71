"""Reset a forgotten password; the application mails once more when it is done."""

from inboxwright import Link, User
from pages.check_mail import CheckMailPage
from pages.new_password import NewPasswordPage
from pages.request_reset import RequestResetPage


def request_password_reset(user: User) -> Link:
    """Ask for a reset and return the mailed link."""
    form = RequestResetPage(user.page)
    form.open()
    with user.inbox.expect_message(subject="Password reset instructions") as mail:
        form.request_reset(user.inbox.address)
        CheckMailPage(user.page).heading.wait_for()
    return mail.value.link(path="/reset/{token}")


def reset_password(user: User, new_password: str) -> None:
    """Follow the mailed link and choose the new password, which is told to the person by mail."""
    user.open(request_password_reset(user))
    form = NewPasswordPage(user.page)
    with user.inbox.expect_message(subject="Your password has been reset"):
        form.choose(new_password)
        form.changed.wait_for()
