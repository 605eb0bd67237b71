"""Sign up, confirmed by a mailed code."""

from flows.register_by_code import register_by_code
from inboxwright import User
from pages.dashboard import DashboardPage
from pages.enter_code import EnterCodePage


def sign_up_by_code(user: User) -> None:
    """Register the user and confirm the address with the mailed code."""
    code = register_by_code(user)
    EnterCodePage(user.page).enter(code)
    DashboardPage(user.page).heading.wait_for()
