"""Sign up, confirmed by a mailed link."""

from inboxwright import User
from pages.check_mail import CheckMailPage
from pages.sign_up import SignUpPage


def sign_up(user: User) -> None:
    """Register the user and confirm the address through the mailed link."""
    form = SignUpPage(user.page)
    form.open()
    with user.inbox.expect_message(subject="Confirm your email") as mail:
        form.register(email=user.inbox.address, password=user.identity.password)
        CheckMailPage(user.page).heading.wait_for()
    user.open(mail.value.link(text="Confirm my account"))
