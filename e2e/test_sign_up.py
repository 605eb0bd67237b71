"""Sign-up, confirmed by a mailed link."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from flows.register import register
from flows.sign_in import sign_in
from flows.sign_out import sign_out
from flows.sign_up import sign_up
from inboxwright import NoMatch, User
from pages.check_mail import CheckMailPage
from pages.dashboard import DashboardPage
from pages.link_refused import LinkRefusedPage
from pages.sign_in import SignInPage
from pages.sign_up import SignUpPage


def test_the_mailed_link_confirms_the_address_and_signs_in(user: User) -> None:
    sign_up(user)

    home = DashboardPage(user.page)
    expect(home.signed_in_as).to_have_text(user.inbox.address)
    expect(home.verified).to_be_visible()


def test_the_account_is_closed_until_the_link_is_followed(user: User) -> None:
    register(user)

    DashboardPage(user.page).open()

    expect(SignInPage(user.page).heading).to_be_visible()


def test_a_sign_in_before_that_mails_another_link(user: User) -> None:
    register(user)

    with user.inbox.expect_message(subject="Confirm your email") as mail:
        sign_in(user)
        expect(CheckMailPage(user.page).heading).to_be_visible()
    user.open(mail.value.link(text="Confirm my address"))

    expect(DashboardPage(user.page).signed_in_as).to_have_text(user.inbox.address)


def test_a_confirmation_link_works_only_once(user: User) -> None:
    link = register(user)
    user.open(link)
    sign_out(user)

    user.open(link)

    expect(LinkRefusedPage(user.page).heading).to_be_visible()


def test_an_older_link_is_refused_once_a_newer_one_was_used(user: User) -> None:
    older = register(user)
    with user.inbox.expect_message(subject="Confirm your email") as mail:
        sign_in(user)
        expect(CheckMailPage(user.page).heading).to_be_visible()
    user.open(mail.value.link(text="Confirm my address"))
    sign_out(user)

    user.open(older)

    expect(LinkRefusedPage(user.page).heading).to_be_visible()


def test_a_link_opened_by_another_person_does_not_sign_them_in(user: User, new_user: Callable[[], User]) -> None:
    other = new_user()
    link = register(user)

    other.open(link)

    expect(SignInPage(other.page).heading).to_be_visible()
    DashboardPage(other.page).open()
    expect(SignInPage(other.page).heading).to_be_visible()


def test_an_address_in_use_gets_the_same_answer_but_no_link(user: User, new_user: Callable[[], User]) -> None:
    sign_up(user)
    other = new_user()
    form = SignUpPage(other.page)
    form.open()

    with user.inbox.expect_message(subject="You already have an account") as mail:
        form.register(email=user.inbox.address, password=other.identity.password)
        expect(CheckMailPage(other.page).heading).to_be_visible()

    with pytest.raises(NoMatch):
        mail.value.link(text="Confirm my account")


def test_two_people_who_sign_up_at_once_get_their_own_mail(user: User, new_user: Callable[[], User]) -> None:
    other = new_user()
    form, other_form = SignUpPage(user.page), SignUpPage(other.page)
    form.open()
    other_form.open()

    subject = "Confirm your email"
    with user.inbox.expect_message(subject=subject) as mail, other.inbox.expect_message(subject=subject) as others:
        form.register(email=user.inbox.address, password=user.identity.password)
        other_form.register(email=other.inbox.address, password=other.identity.password)
        expect(CheckMailPage(user.page).heading).to_be_visible()
        expect(CheckMailPage(other.page).heading).to_be_visible()
    other.open(others.value.link(text="Confirm my account"))
    user.open(mail.value.link(text="Confirm my account"))

    expect(DashboardPage(user.page).signed_in_as).to_have_text(user.inbox.address)
    expect(DashboardPage(other.page).signed_in_as).to_have_text(other.inbox.address)


def test_a_password_that_is_too_short_sends_no_mail(user: User) -> None:
    form = SignUpPage(user.page)
    form.open()

    with user.inbox.expect_no_message(within=500):
        form.register(email=user.inbox.address, password="short")
        expect(form.too_short).to_be_visible()

    expect(form.heading).to_be_visible()
