"""Sign-up, confirmed by a mailed code."""

from playwright.sync_api import expect

from flows.register_by_code import register_by_code
from flows.sign_up_by_code import sign_up_by_code
from inboxwright import User
from pages.dashboard import DashboardPage
from pages.enter_code import EnterCodePage
from pages.sign_in import SignInPage


def test_the_mailed_code_confirms_the_address_and_signs_in(user: User) -> None:
    sign_up_by_code(user)

    home = DashboardPage(user.page)
    expect(home.signed_in_as).to_have_text(user.inbox.address)
    expect(home.verified).to_be_visible()


def test_a_wrong_code_is_refused(user: User) -> None:
    register_by_code(user)
    screen = EnterCodePage(user.page)

    screen.enter("AAAA-AAAA")

    expect(screen.wrong).to_be_visible()


def test_an_older_code_is_refused_after_a_newer_one(user: User) -> None:
    older = register_by_code(user)
    screen = EnterCodePage(user.page)
    with user.inbox.expect_message(subject="Your confirmation code") as mail:
        screen.ask_again()
        expect(screen.sent_again).to_be_visible()

    screen.enter(older)
    expect(screen.wrong).to_be_visible()

    screen.enter(mail.value.code())
    expect(DashboardPage(user.page).signed_in_as).to_have_text(user.inbox.address)


def test_three_wrong_codes_end_the_sign_up(user: User) -> None:
    register_by_code(user)
    screen = EnterCodePage(user.page)
    for wrong in ("AAAA-AAAA", "AAAA-AAAB"):
        screen.enter(wrong)
        expect(screen.wrong).to_be_visible()

    screen.enter("AAAA-AAAC")

    expect(SignInPage(user.page).too_many_attempts).to_be_visible()
