"""What a reset does to sessions: it ends the others and begins none."""

from inboxwright.checks._answers import Answer, CannotTell, Finding, Holds
from inboxwright.checks._check import check
from inboxwright.checks._trial import Trial


@check(source="ASVS-7.4.3", kind="active")
def reset_ends_other_sessions(trial: Trial) -> Answer:
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
def reset_signs_nobody_in(trial: Trial) -> Answer:
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
