"""The demo's own journeys, asked whether they are safe."""

from flows.register import register
from flows.request_password_reset import request_password_reset
from flows.request_sign_in_code import request_sign_in_code
from flows.request_sign_in_link import request_sign_in_link
from flows.sign_in import sign_in
from flows.sign_out import sign_out
from inboxwright import Link, User
from inboxwright.checks import Journey, password_reset, sign_in_by_code, sign_in_by_link, sign_up
from pages.dashboard import DashboardPage
from pages.enter_code import EnterCodePage
from pages.new_password import NewPasswordPage


def confirm(user: User, link: Link) -> None:
    """Follow the link and press its button; it ends at the dashboard."""
    user.open(link)
    user.page.get_by_role("main").get_by_role("button").click()
    DashboardPage(user.page).heading.wait_for()


def choose_password(user: User, link: Link) -> None:
    """Follow the link and choose another password."""
    user.open(link)
    form = NewPasswordPage(user.page)
    form.choose("another-password-7")
    form.changed.wait_for()


def have_an_account(user: User) -> None:
    """A confirmed account that is signed out."""
    confirm(user, register(user))
    sign_out(user)


def type_in(user: User, code: str) -> None:
    """Type the code into the form that is open; it ends at the dashboard."""
    EnterCodePage(user.page).enter(code)
    DashboardPage(user.page).heading.wait_for()


registration = Journey(request=register, complete=confirm, signed_in=DashboardPage)
reset = Journey(
    prepare=have_an_account,
    request=request_password_reset,
    complete=choose_password,
    signed_in=DashboardPage,
    sign_in=sign_in,
)
magic = Journey(prepare=have_an_account, request=request_sign_in_link, complete=confirm, signed_in=DashboardPage)
code = Journey(
    prepare=have_an_account,
    request=request_sign_in_code,
    complete=type_in,
    signed_in=DashboardPage,
    code_field=lambda page: EnterCodePage(page).code,
)

test_sign_up_is_safe = sign_up(registration)
test_reset_is_safe = password_reset(reset)
test_sign_in_by_link_is_safe = sign_in_by_link(magic)
test_sign_in_by_code_is_safe = sign_in_by_code(code)
