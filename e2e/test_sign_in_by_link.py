"""Sign-in with a mailed link (a magic link)."""

from playwright.sync_api import expect

from flows.request_sign_in_link import request_sign_in_link
from flows.sign_in_by_link import sign_in_by_link
from flows.sign_out import sign_out
from flows.sign_up import sign_up
from inboxwright import User
from pages.check_mail import CheckMailPage
from pages.dashboard import DashboardPage
from pages.link_refused import LinkRefusedPage
from pages.request_link import RequestLinkPage


def test_the_mailed_link_signs_in(user: User) -> None:
    sign_up(user)
    sign_out(user)

    sign_in_by_link(user)

    expect(DashboardPage(user.page).signed_in_as).to_have_text(user.inbox.address)


def test_a_sign_in_link_works_only_once(user: User) -> None:
    sign_up(user)
    sign_out(user)
    link = request_sign_in_link(user)
    user.open(link)
    sign_out(user)

    user.open(link)

    expect(LinkRefusedPage(user.page).heading).to_be_visible()


def test_an_older_link_is_refused_once_a_newer_one_was_used(user: User) -> None:
    sign_up(user)
    sign_out(user)
    older = request_sign_in_link(user)
    newer = request_sign_in_link(user)
    user.open(newer)
    sign_out(user)

    user.open(older)

    expect(LinkRefusedPage(user.page).heading).to_be_visible()


def test_an_unknown_address_gets_the_same_answer_and_no_mail(user: User) -> None:
    form = RequestLinkPage(user.page)
    form.open()

    with user.inbox.expect_no_message(within=500):
        form.request(user.inbox.address)
        expect(CheckMailPage(user.page).heading).to_be_visible()
