"""Sign up, confirmed by the link of the stock welcome mail."""

from inboxwright import Link, User
from pages.check_mail import CheckMailPage
from pages.sign_up import SignUpPage


def register(user: User) -> Link:
    """Register the user and return the mailed confirmation link; its text is "this link"."""
    form = SignUpPage(user.page)
    form.open()
    with user.inbox.expect_message(subject="Welcome") as mail:
        form.register(email=user.inbox.address, password=user.identity.password)
        CheckMailPage(user.page).heading.wait_for()
    return mail.value.link(path="/confirm/{token}")


def sign_up(user: User) -> None:
    """Register the user and confirm the address."""
    user.open(register(user))
