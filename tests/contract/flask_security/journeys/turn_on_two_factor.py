"""Enrol the user's authenticator app, right after a sign-up."""

from inboxwright import User
from pages.account_bar import AccountBar
from pages.two_factor_setup import TwoFactorSetupPage


def turn_on_two_factor(user: User) -> None:
    """Take the secret that the page shows in words, and prove it with a code."""
    AccountBar(user.page).two_factor.click()
    setup = TwoFactorSetupPage(user.page)
    user.authenticator.enrol(setup.shown_secret())
    setup.activate(user.authenticator.code())
    setup.done.wait_for()
