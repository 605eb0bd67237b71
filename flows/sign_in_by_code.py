"""Sign in with a mailed code."""

from flows.request_sign_in_code import request_sign_in_code
from inboxwright import User
from pages.enter_code import EnterCodePage


def sign_in_by_code(user: User) -> None:
    """Ask for a code and type it in."""
    code = request_sign_in_code(user)
    EnterCodePage(user.page).enter(code)
