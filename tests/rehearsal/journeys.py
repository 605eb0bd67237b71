"""A thousand mailed journeys: `make journeys`. Two tests in four walk two journeys each."""

import os

import pytest
from playwright.sync_api import expect

from flows.reset_password import reset_password
from flows.sign_in_by_link import sign_in_by_link
from flows.sign_out import sign_out
from flows.sign_up import sign_up
from flows.sign_up_by_code import sign_up_by_code
from inboxwright import User
from pages.dashboard import DashboardPage

JOURNEYS = int(os.environ.get("JOURNEYS", "1000"))
_PER_ROUND = 6  # journeys in four tests


@pytest.mark.parametrize("number", range(JOURNEYS * 4 // _PER_ROUND + 1))
def test_journey(user: User, number: int) -> None:
    if number % 4 == 1:
        sign_up_by_code(user)
    else:
        sign_up(user)
    expect(DashboardPage(user.page).signed_in_as).to_have_text(user.inbox.address)
    if number % 4 == 2:
        sign_out(user)
        reset_password(user, "another long Password 2")
    if number % 4 == 3:
        sign_out(user)
        sign_in_by_link(user)
        expect(DashboardPage(user.page).signed_in_as).to_have_text(user.inbox.address)
