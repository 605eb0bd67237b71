"""The first half of a change of address: the link is mailed to the new address, and not followed yet."""

from inboxwright import Inbox, Link, User
from pages.email_address import EmailAddressPage


def request_email_change(user: User, new_inbox: Inbox) -> Link:
    """Ask for the change and return the link that the new address received."""
    form = EmailAddressPage(user.page)
    form.open()
    with new_inbox.expect_message(subject="Confirm your email") as mail:
        form.change_to(new_inbox.address)
        form.pending.filter(has_text=new_inbox.address).wait_for()
    return mail.value.link(text="Confirm my address")
