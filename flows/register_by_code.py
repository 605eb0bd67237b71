"""The first half of a sign-up: the code is mailed, and not typed in yet."""

from inboxwright import User
from pages.enter_code import EnterCodePage
from pages.sign_up import SignUpPage


def register_by_code(user: User) -> str:
    """Register the user and return the mailed confirmation code."""
    form = SignUpPage(user.page)
    form.open()
    form.prefer_code.click()
    with user.inbox.expect_message(subject="Your confirmation code") as mail:
        form.register(email=user.inbox.address, password=user.identity.password)
        EnterCodePage(user.page).heading.wait_for()
    return mail.value.code()
