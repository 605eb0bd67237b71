"""Flask-Security as it comes, asked whether its mailed flows are safe; ../test_checks.py runs this file by its name."""

from journeys.reset_password import request_password_reset
from journeys.sign_up import register

from inboxwright import Link, User
from inboxwright.checks import Journey, password_reset, sign_up
from pages.account_bar import AccountBar
from pages.dashboard import DashboardPage
from pages.new_password import NewPasswordPage


def confirm(user: User, link: Link) -> None:
    """Follow the link; it signs in."""
    user.open(link)
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
    AccountBar(user.page).sign_out()


registration = Journey(request=register, complete=confirm, signed_in=DashboardPage)
reset = Journey(
    prepare=have_an_account, request=request_password_reset, complete=choose_password, signed_in=DashboardPage
)

test_sign_up_is_safe = sign_up(registration)
test_reset_is_safe = password_reset(reset)
