"""Two-factor sign-in: authenticator app (TOTP) and recovery codes."""

from collections.abc import Callable
from dataclasses import replace

from playwright.sync_api import BrowserContext, expect

from flows.sign_in import sign_in
from flows.sign_in_by_link import sign_in_by_link
from flows.sign_out import sign_out
from flows.sign_up import sign_up
from flows.turn_on_two_factor import turn_on_two_factor
from inboxwright import User
from pages.dashboard import DashboardPage
from pages.two_factor import TwoFactorPage


def test_a_code_of_the_app_signs_in(user: User) -> None:
    sign_up(user)
    turn_on_two_factor(user)
    sign_out(user)

    sign_in(user)
    TwoFactorPage(user.page).enter(user.authenticator.code())

    expect(DashboardPage(user.page).signed_in_as).to_have_text(user.inbox.address)


def test_the_password_alone_does_not_sign_in(user: User) -> None:
    sign_up(user)
    turn_on_two_factor(user)
    sign_out(user)

    sign_in(user)
    expect(TwoFactorPage(user.page).heading).to_be_visible()
    DashboardPage(user.page).open()

    expect(TwoFactorPage(user.page).heading).to_be_visible()


def test_a_mailed_link_still_asks_for_the_second_factor(user: User) -> None:
    sign_up(user)
    turn_on_two_factor(user)
    sign_out(user)

    sign_in_by_link(user)

    expect(TwoFactorPage(user.page).heading).to_be_visible()


def test_a_wrong_code_is_refused(user: User) -> None:
    sign_up(user)
    turn_on_two_factor(user)
    sign_out(user)
    sign_in(user)
    screen = TwoFactorPage(user.page)

    screen.enter("12345")

    expect(screen.wrong).to_be_visible()


def test_a_code_of_the_app_works_only_once(user: User, new_context: Callable[[], BrowserContext]) -> None:
    sign_up(user)
    turn_on_two_factor(user)
    sign_out(user)
    elsewhere = replace(user, page=new_context().new_page())
    screen, screen_elsewhere = TwoFactorPage(user.page), TwoFactorPage(elsewhere.page)
    sign_in(user)
    sign_in(elsewhere)
    expect(screen_elsewhere.heading).to_be_visible()

    code = user.authenticator.code()
    screen.enter(code)
    expect(DashboardPage(user.page).heading).to_be_visible()
    screen_elsewhere.enter(code)

    expect(screen_elsewhere.wrong).to_be_visible()


def test_a_recovery_code_signs_in_without_the_app(user: User) -> None:
    sign_up(user)
    recovery_codes = turn_on_two_factor(user)
    sign_out(user)

    sign_in(user)
    TwoFactorPage(user.page).enter(recovery_codes[0])

    expect(DashboardPage(user.page).signed_in_as).to_have_text(user.inbox.address)


def test_a_recovery_code_works_only_once(user: User) -> None:
    sign_up(user)
    recovery_codes = turn_on_two_factor(user)
    sign_out(user)
    sign_in(user)
    screen = TwoFactorPage(user.page)
    screen.enter(recovery_codes[0])
    expect(DashboardPage(user.page).heading).to_be_visible()
    sign_out(user)

    sign_in(user)
    screen.enter(recovery_codes[0])

    expect(screen.wrong).to_be_visible()
