"""Sign up, confirmed by a mailed link."""

from flows.register import register
from inboxwright import User


def sign_up(user: User) -> None:
    """Register the user and confirm the address through the mailed link."""
    user.open(register(user))
