"""Sign in with a mailed link (a magic link)."""

from flows.request_sign_in_link import request_sign_in_link
from inboxwright import User


def sign_in_by_link(user: User) -> None:
    """Ask for a link and follow it."""
    user.open(request_sign_in_link(user))
