"""Every mailed journey of a second, very different auth stack, with its own words, and what must be refused."""

from collections.abc import Callable

import pytest
from journeys.ask_to_sign_in import ask_to_sign_in
from journeys.reset_password import request_password_reset, reset_password
from journeys.sign_up import register, sign_up
from journeys.turn_on_two_factor import turn_on_two_factor
from playwright.sync_api import expect

from flows.sign_in import sign_in
from flows.sign_out import sign_out
from inboxwright import NoMatch, User
from pages.check_mail import CheckMailPage
from pages.dashboard import DashboardPage
from pages.link_refused import LinkRefusedPage
from pages.new_password import NewPasswordPage
from pages.request_link import RequestLinkPage
from pages.request_reset import RequestResetPage
from pages.sign_in import SignInPage
from pages.two_factor import TwoFactorPage

NEW_PASSWORD = "a-new-password-9"


def test_the_welcome_mails_link_confirms_and_signs_in(user: User) -> None:
    sign_up(user)

    home = DashboardPage(user.page)
    expect(home.signed_in_as).to_have_text(user.inbox.address)
    expect(home.verified).to_be_visible()


def test_a_confirmation_link_works_only_once(user: User) -> None:
    link = register(user)
    user.open(link)
    sign_out(user)

    user.open(link)

    expect(LinkRefusedPage(user.page).heading).to_be_visible()


def test_a_password_does_not_sign_in_before_the_address_is_confirmed(user: User) -> None:
    register(user)

    sign_in(user)

    expect(SignInPage(user.page).refused).to_be_visible()


def test_the_new_password_signs_in_after_a_reset_and_the_old_one_does_not(user: User) -> None:
    sign_up(user)
    sign_out(user)
    reset_password(user, NEW_PASSWORD)

    sign_in(user)
    expect(SignInPage(user.page).refused).to_be_visible()

    sign_in(user, password=NEW_PASSWORD)
    expect(DashboardPage(user.page).signed_in_as).to_have_text(user.inbox.address)


def test_a_reset_link_works_only_once(user: User) -> None:
    sign_up(user)
    sign_out(user)
    link = request_password_reset(user)
    user.open(link)
    with user.inbox.expect_message(subject="Your password has been reset"):
        NewPasswordPage(user.page).choose(NEW_PASSWORD)
        expect(NewPasswordPage(user.page).changed).to_be_visible()

    user.open(link)

    expect(LinkRefusedPage(user.page).heading).to_be_visible()


def test_an_unknown_address_gets_the_same_answer_and_no_mail(user: User) -> None:
    form = RequestResetPage(user.page)
    form.open()

    with user.inbox.expect_no_message(within=500):
        form.request_reset(user.inbox.address)
        expect(CheckMailPage(user.page).heading).to_be_visible()


def test_the_mailed_link_signs_in(user: User) -> None:
    sign_up(user)
    sign_out(user)

    user.open(ask_to_sign_in(user).link())

    expect(DashboardPage(user.page).signed_in_as).to_have_text(user.inbox.address)


def test_the_mailed_code_signs_in(user: User) -> None:
    sign_up(user)
    sign_out(user)

    code = ask_to_sign_in(user).code()
    RequestLinkPage(user.page).enter(code)

    expect(DashboardPage(user.page).signed_in_as).to_have_text(user.inbox.address)


def test_a_wrong_mailed_code_is_refused(user: User) -> None:
    sign_up(user)
    sign_out(user)
    code = ask_to_sign_in(user).code()

    RequestLinkPage(user.page).enter(f"{(int(code) + 1) % 1_000_000:06}")

    expect(SignInPage(user.page).refused).to_be_visible()


def test_the_authenticator_app_is_asked_for_and_signs_in(user: User) -> None:
    sign_up(user)
    turn_on_two_factor(user)
    sign_out(user)

    sign_in(user)
    TwoFactorPage(user.page).enter(user.authenticator.code())

    expect(DashboardPage(user.page).signed_in_as).to_have_text(user.inbox.address)


def test_a_wrong_code_of_the_app_is_refused(user: User) -> None:
    sign_up(user)
    turn_on_two_factor(user)
    sign_out(user)
    sign_in(user)

    TwoFactorPage(user.page).enter("000000")

    expect(TwoFactorPage(user.page).wrong).to_be_visible()


def test_two_people_at_once_get_their_own_mail(user: User, new_user: Callable[[], User]) -> None:
    other = new_user()
    link, others_link = register(user), register(other)

    other.open(others_link)
    user.open(link)

    expect(DashboardPage(user.page).signed_in_as).to_have_text(user.inbox.address)
    expect(DashboardPage(other.page).signed_in_as).to_have_text(other.inbox.address)


def test_an_address_in_use_gets_the_same_answer_and_no_confirmation_link(user: User) -> None:
    sign_up(user)
    sign_out(user)

    with pytest.raises(NoMatch):
        register(user)
