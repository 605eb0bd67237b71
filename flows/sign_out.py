"""Sign out."""

from inboxwright import User
from pages.account_bar import AccountBar
from pages.sign_in import SignInPage


def sign_out(user: User) -> None:
    """End the user's session, from whichever page is open."""
    AccountBar(user.page).sign_out()
    SignInPage(user.page).heading.wait_for()
