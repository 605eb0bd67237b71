"""Sign in with the password."""

from inboxwright import User
from pages.sign_in import SignInPage


def sign_in(user: User, *, password: str | None = None) -> None:
    """Send the sign-in form with the user's own password, or another; what follows is the test's to look at."""
    form = SignInPage(user.page)
    form.open()
    form.sign_in(email=user.inbox.address, password=password or user.identity.password)
