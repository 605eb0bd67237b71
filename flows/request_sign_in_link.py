"""The first half of a sign-in by link: the link is mailed, and not followed yet."""

from inboxwright import Link, User
from pages.check_mail import CheckMailPage
from pages.request_link import RequestLinkPage


def request_sign_in_link(user: User) -> Link:
    """Ask for a magic link and return it."""
    form = RequestLinkPage(user.page)
    form.open()
    with user.inbox.expect_message(subject="Your sign-in link") as mail:
        form.request(user.inbox.address)
        CheckMailPage(user.page).heading.wait_for()
    return mail.value.link(text="Sign in to Meadow")
