"""Sign-in with a mailed code."""

from playwright.sync_api import expect

from flows.request_sign_in_code import request_sign_in_code
from flows.sign_in_by_code import sign_in_by_code
from flows.sign_out import sign_out
from flows.sign_up import sign_up
from inboxwright import User
from pages.dashboard import DashboardPage
from pages.enter_code import EnterCodePage
from pages.request_code import RequestCodePage


def test_the_mailed_code_signs_in(user: User) -> None:
    sign_up(user)
    sign_out(user)

    sign_in_by_code(user)

    expect(DashboardPage(user.page).signed_in_as).to_have_text(user.inbox.address)


def test_a_wrong_code_is_refused(user: User) -> None:
    sign_up(user)
    sign_out(user)
    request_sign_in_code(user)
    screen = EnterCodePage(user.page)

    screen.enter("AAAA-AAAA")

    expect(screen.wrong).to_be_visible()


def test_an_expired_code_is_refused(user: User) -> None:
    sign_up(user)
    sign_out(user)
    code = request_sign_in_code(user, expires=2)
    screen = EnterCodePage(user.page)
    expect(screen.expired).to_be_visible()

    screen.enter(code)

    expect(RequestCodePage(user.page).heading).to_be_visible()


def test_an_older_code_is_refused_after_a_newer_one(user: User) -> None:
    sign_up(user)
    sign_out(user)
    older = request_sign_in_code(user)
    screen = EnterCodePage(user.page)
    with user.inbox.expect_message(subject="Your sign-in code") as mail:
        screen.ask_again()
        expect(screen.sent_again).to_be_visible()

    screen.enter(older)
    expect(screen.wrong).to_be_visible()

    screen.enter(mail.value.code())
    expect(DashboardPage(user.page).signed_in_as).to_have_text(user.inbox.address)


def test_an_unknown_address_gets_the_same_answer_and_no_mail(user: User) -> None:
    form = RequestCodePage(user.page)
    form.open()

    with user.inbox.expect_no_message(within=500):
        form.request(user.inbox.address)
        expect(EnterCodePage(user.page).heading).to_be_visible()
