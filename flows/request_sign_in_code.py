"""The first half of a sign-in by code: the code is mailed, and not typed in yet."""

from inboxwright import User
from pages.enter_code import EnterCodePage
from pages.request_code import RequestCodePage


def request_sign_in_code(user: User, *, expires: int | None = None) -> str:
    """Ask for a sign-in code and return it; `expires` is in seconds."""
    form = RequestCodePage(user.page)
    form.open(expires=expires)
    with user.inbox.expect_message(subject="Your sign-in code") as mail:
        form.request(user.inbox.address)
        EnterCodePage(user.page).heading.wait_for()
    return mail.value.code()
