"""A forgotten password, reset through a mailed link."""

from playwright.sync_api import expect

from flows.request_password_reset import request_password_reset
from flows.reset_password import reset_password
from flows.sign_in import sign_in
from flows.sign_out import sign_out
from flows.sign_up import sign_up
from inboxwright import User
from pages.check_mail import CheckMailPage
from pages.dashboard import DashboardPage
from pages.link_refused import LinkRefusedPage
from pages.new_password import NewPasswordPage
from pages.request_reset import RequestResetPage
from pages.sign_in import SignInPage

NEW_PASSWORD = "a-new-password-9"


def test_the_new_password_signs_in_after_a_reset(user: User) -> None:
    sign_up(user)
    sign_out(user)
    reset_password(user, NEW_PASSWORD)

    sign_in(user, password=NEW_PASSWORD)

    expect(DashboardPage(user.page).signed_in_as).to_have_text(user.inbox.address)


def test_the_old_password_is_refused_after_a_reset(user: User) -> None:
    sign_up(user)
    sign_out(user)
    reset_password(user, NEW_PASSWORD)

    sign_in(user)

    expect(SignInPage(user.page).refused).to_be_visible()


def test_a_reset_that_is_not_finished_leaves_the_password_alone(user: User) -> None:
    sign_up(user)
    sign_out(user)
    user.open(request_password_reset(user))
    expect(NewPasswordPage(user.page).password).to_be_visible()

    sign_in(user)

    expect(DashboardPage(user.page).signed_in_as).to_have_text(user.inbox.address)


def test_a_reset_link_works_only_once(user: User) -> None:
    sign_up(user)
    sign_out(user)
    link = request_password_reset(user)
    user.open(link)
    form = NewPasswordPage(user.page)
    form.choose(NEW_PASSWORD)
    expect(form.changed).to_be_visible()

    user.open(link)

    expect(LinkRefusedPage(user.page).heading).to_be_visible()


def test_an_older_link_is_refused_once_a_newer_one_was_used(user: User) -> None:
    sign_up(user)
    sign_out(user)
    older = request_password_reset(user)
    reset_password(user, NEW_PASSWORD)

    user.open(older)

    expect(LinkRefusedPage(user.page).heading).to_be_visible()


def test_an_unknown_address_gets_the_same_answer_and_no_mail(user: User) -> None:
    form = RequestResetPage(user.page)
    form.open()

    with user.inbox.expect_no_message(within=500):
        form.request_reset(user.inbox.address)
        expect(CheckMailPage(user.page).heading).to_be_visible()
