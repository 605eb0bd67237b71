"""Enrol the user's authenticator app."""

from inboxwright import User
from pages.confirm_access import ConfirmAccessPage
from pages.dashboard import DashboardPage
from pages.recovery_codes import RecoveryCodesPage
from pages.two_factor_setup import TwoFactorSetupPage


def turn_on_two_factor(user: User) -> list[str]:
    """Turn on two-factor sign-in from the dashboard, right after a sign-up; return the recovery codes."""
    DashboardPage(user.page).turn_on_two_factor.click()
    ConfirmAccessPage(user.page).confirm(user.identity.password)
    setup = TwoFactorSetupPage(user.page)
    user.authenticator.enrol(setup.otpauth_uri())
    setup.activate(user.authenticator.code())
    recovery = RecoveryCodesPage(user.page)
    recovery.heading.wait_for()
    return recovery.codes()
