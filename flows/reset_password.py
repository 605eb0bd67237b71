"""Reset a forgotten password through a mailed link."""

from flows.request_password_reset import request_password_reset
from inboxwright import User
from pages.new_password import NewPasswordPage


def reset_password(user: User, new_password: str) -> None:
    """Ask for a reset, follow the mailed link and choose the new password."""
    user.open(request_password_reset(user))
    form = NewPasswordPage(user.page)
    form.choose(new_password)
    form.changed.wait_for()
