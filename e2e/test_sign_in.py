"""Sign-in with a password, and sign-out."""

from playwright.sync_api import expect

from flows.sign_in import sign_in
from flows.sign_out import sign_out
from flows.sign_up import sign_up
from inboxwright import User
from pages.dashboard import DashboardPage
from pages.sign_in import SignInPage


def test_the_password_signs_in(user: User) -> None:
    sign_up(user)
    sign_out(user)

    sign_in(user)

    expect(DashboardPage(user.page).signed_in_as).to_have_text(user.inbox.address)


def test_a_wrong_password_is_refused(user: User) -> None:
    sign_up(user)
    sign_out(user)

    sign_in(user, password="not-the-password")

    expect(SignInPage(user.page).refused).to_be_visible()


def test_sign_out_ends_the_session(user: User) -> None:
    sign_up(user)

    sign_out(user)

    DashboardPage(user.page).open()
    expect(SignInPage(user.page).heading).to_be_visible()
