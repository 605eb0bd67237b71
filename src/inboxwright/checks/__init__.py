"""Is the mailed flow itself safe? Questions asked of a project's own journeys, each with its source.

    from inboxwright.checks import Journey, password_reset

    reset = Journey(
        prepare=have_an_account, request=request_password_reset, complete=choose_password, signed_in=DashboardPage
    )
    test_reset_is_safe = password_reset(reset)  # one test a check, named by it: …[older-link-dies ASVS-6.6.2]

A check that finds something fails its test with the evidence and what to do; one that cannot tell is skipped with the
reason. `--checks passive` leaves out those that act against the application, `-k` chooses by name, and `accepted=`
takes a reason for what a project lives with (a strict xfail).
"""

from inboxwright.checks._answers import Answer, CannotTell, Finding, Holds
from inboxwright.checks._check import Check
from inboxwright.checks._journey import Journey, Landing
from inboxwright.checks._packs import password_reset, sign_in_by_code, sign_in_by_link, sign_up

__all__ = [
    "Answer",
    "CannotTell",
    "Check",
    "Finding",
    "Holds",
    "Journey",
    "Landing",
    "password_reset",
    "sign_in_by_code",
    "sign_in_by_link",
    "sign_up",
]
