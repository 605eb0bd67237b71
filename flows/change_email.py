"""Change the address of an account, confirmed at the new one."""

from flows.request_email_change import request_email_change
from inboxwright import Inbox, User


def change_email(user: User, new_inbox: Inbox) -> None:
    """Ask for the change and follow the link that the new address received."""
    user.open(request_email_change(user, new_inbox))
