"""The first half of a sign-up: the link is mailed, and not followed yet."""

from inboxwright import Link, User
from pages.check_mail import CheckMailPage
from pages.sign_up import SignUpPage


def register(user: User) -> Link:
    """Register the user and return the mailed confirmation link."""
    form = SignUpPage(user.page)
    form.open()
    with user.inbox.expect_message(subject="Confirm your email") as mail:
        form.register(email=user.inbox.address, password=user.identity.password)
        CheckMailPage(user.page).heading.wait_for()
    return mail.value.link(text="Confirm my account")
