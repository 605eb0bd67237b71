"""A change of address, confirmed at the new one."""

from collections.abc import Callable

from playwright.sync_api import expect

from flows.change_email import change_email
from flows.request_email_change import request_email_change
from flows.sign_in import sign_in
from flows.sign_out import sign_out
from flows.sign_up import sign_up
from inboxwright import Inbox, User
from pages.dashboard import DashboardPage
from pages.email_address import EmailAddressPage
from pages.link_refused import LinkRefusedPage
from pages.sign_in import SignInPage


def test_the_link_at_the_new_address_changes_it(user: User, new_inbox: Callable[[str], Inbox]) -> None:
    sign_up(user)
    new = new_inbox("new")

    change_email(user, new)

    expect(DashboardPage(user.page).signed_in_as).to_have_text(new.address)


def test_the_old_address_stays_until_the_link_is_followed(user: User, new_inbox: Callable[[str], Inbox]) -> None:
    sign_up(user)
    new = new_inbox("new")

    request_email_change(user, new)

    screen = EmailAddressPage(user.page)
    expect(screen.current).to_have_text(user.inbox.address)
    expect(screen.pending).to_have_text(new.address)


def test_an_older_link_is_refused_after_a_newer_request(user: User, new_inbox: Callable[[str], Inbox]) -> None:
    sign_up(user)
    older = request_email_change(user, new_inbox("first"))
    request_email_change(user, new_inbox("second"))

    user.open(older)

    expect(LinkRefusedPage(user.page).heading).to_be_visible()


def test_the_old_address_no_longer_signs_in_after_the_change(user: User, new_inbox: Callable[[str], Inbox]) -> None:
    sign_up(user)
    change_email(user, new_inbox("new"))
    sign_out(user)

    sign_in(user)

    expect(SignInPage(user.page).refused).to_be_visible()
