"""Ask for the mail that carries a sign-in code and a sign-in link."""

from inboxwright import Message, User
from pages.check_mail import CheckMailPage
from pages.request_link import RequestLinkPage


def ask_to_sign_in(user: User) -> Message:
    """The mail: its code belongs into the form that is open now, its link can be followed instead."""
    form = RequestLinkPage(user.page)
    form.open()
    with user.inbox.expect_message(subject="Verification Code") as mail:
        form.request(user.inbox.address)
        CheckMailPage(user.page).heading.wait_for()
    return mail.value
