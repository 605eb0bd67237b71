"""What a reset does to an account: nothing before the link is used; then it ends sessions, begins none, and says so."""

from inboxwright.checks._answers import Answer, CannotTell, Finding, Holds
from inboxwright.checks._check import check
from inboxwright.checks._trial import Trial
from inboxwright.errors import MailTimeout
from inboxwright.mail import Link

_TOLD_WITHIN = 5_000
"""Milliseconds for a notice, which an application may send in the background."""


@check(source="ASVS-7.4.3", kind="active")
def reset_ends_other_sessions(trial: Trial[Link]) -> Answer:
    """Whoever was signed in before the password was reset must not be afterwards."""
    if trial.journey.sign_in is None:
        return CannotTell(why="the journey has no sign_in, so there is no other session to end")
    user = trial.person()
    trial.journey.sign_in(user)
    if not trial.is_signed_in(user):
        return CannotTell(why="the journey's sign_in did not sign in")
    elsewhere = trial.stranger(storage_state=user.context.storage_state())
    if not trial.is_signed_in(elsewhere):
        return CannotTell(
            why="the session is more than cookies and local storage, so it could not be kept in a second browser"
        )
    user.context.clear_cookies()
    link = trial.journey.request(user)
    if not trial.completes(user, link):
        return CannotTell(why="the journey did not get through with its own link")
    if not trial.is_signed_in(elsewhere):
        return Holds(seen="a session from before the reset was no longer signed in")
    return Finding(
        severity="medium",
        evidence="a session from before the reset was still signed in after it",
        remedy="end all sessions of the person when the password changes",
    )


@check(source="OWASP-Forgot-Password", kind="active")
def reset_signs_nobody_in(trial: Trial[Link]) -> Answer:
    """A reset must end at the sign-in form: the link alone must not be a session (and skip a second factor)."""
    user, link = trial.requested()
    user.context.clear_cookies()
    completed = trial.completes(user, link)  # a flow that waits for the usual last screen may not see it here
    if not trial.is_signed_in(user):
        if not completed:
            return CannotTell(why="the journey did not get through with its own link")
        return Holds(seen="after the reset the person had to sign in")
    return Finding(
        severity="low",
        evidence="after the reset the person was signed in without the new password or a second factor",
        remedy="send the person to the sign-in form after a reset",
    )


@check(source="ASVS-6.4.3", kind="active")
def asking_changes_nothing(trial: Trial[Link]) -> Answer:
    """Whoever asks for a reset must not lock the owner out: the password works until the link is used."""
    if trial.journey.sign_in is None:
        return CannotTell(why="the journey has no sign_in, so the password cannot be tried")
    user, _ = trial.requested()
    user.context.clear_cookies()
    trial.journey.sign_in(user)
    if trial.is_signed_in(user):
        return Holds(seen="after the reset was asked for, the password still signed in")
    return Finding(
        severity="medium",
        evidence="after the reset was only asked for, the password signed in no more",
        remedy="change nothing before the mailed link is used",
    )


@check(source="ASVS-6.3.7", kind="active")
def reset_is_told_to_its_owner(trial: Trial[Link]) -> Answer:
    """A changed password must be told to the account's address, in a mail without secrets."""
    user, link = trial.requested()
    before = len(user.inbox.messages())
    try:
        with user.inbox.expect_message(timeout=_TOLD_WITHIN) as notice:
            if not trial.completes(user, link):
                return CannotTell(why="the journey did not get through with its own link")
    except MailTimeout:
        return Finding(
            severity="low",
            evidence=f"{before} mails came, and none within {_TOLD_WITHIN // 1000} s after the password was changed",
            remedy="mail a notice when the password changes, with a way to object and without a secret",
        )
    return Holds(seen=f"a notice came: {notice.value.subject!r}")
