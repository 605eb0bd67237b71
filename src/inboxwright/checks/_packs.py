"""Which checks a kind of journey is asked, as tests that pytest collects."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pytest
from playwright.sync_api import Playwright

from inboxwright.checks import _codes, _hosts, _mails, _people, _privacy, _sessions, _tokens
from inboxwright.checks._answers import CannotTell, Finding
from inboxwright.checks._check import Check
from inboxwright.checks._journey import Journey
from inboxwright.checks._trial import Trial
from inboxwright.checks.told import PROPERTY, told
from inboxwright.config import Project
from inboxwright.errors import ConfigError
from inboxwright.mail import Link
from inboxwright.user import User

SecurityTest = Callable[..., None]

_EVERY_LINK = (
    _tokens.link_works_once,
    _tokens.older_link_dies,
    _tokens.a_request_without_a_person_leaves_the_link_alone,
    _tokens.token_cannot_be_guessed,
    _hosts.forged_host_stays_out_of_the_link,
    _hosts.link_is_no_open_redirect,
    _privacy.token_stays_out_of_referer,
    _people.known_and_unknown_addresses_are_answered_alike,
    _mails.text_and_html_carry_the_same_link,
    _mails.mail_has_an_id_and_a_date,
    _mails.link_is_https,
    _mails.mail_asks_nobody_else,
    _mails.mail_can_be_read_aloud,
    _mails.mail_is_not_clipped,
)
_EVERY_CODE = (
    _codes.code_works_once,
    _codes.older_code_dies,
    _codes.wrong_codes_lock,
    _codes.code_is_long_enough,
    _codes.code_is_taken_as_it_is_read,
    _codes.code_field_helps_to_fill_it,
    _people.known_and_unknown_addresses_are_answered_alike,
)
_RESET = (
    _sessions.asking_changes_nothing,
    _sessions.reset_ends_other_sessions,
    _sessions.reset_signs_nobody_in,
    _sessions.reset_is_told_to_its_owner,
)


def password_reset(journey: Journey[Link], *, accepted: Mapping[str, str] | None = None) -> SecurityTest:
    """One test for each check of a reset by a mailed link.

    `accepted` maps the name of a check to the reason why its finding is lived with: a strict xfail. Raises ConfigError
    for a name that is no check's.
    """
    return _tests(journey, (*_EVERY_LINK, *_RESET), accepted or {})


def sign_up(journey: Journey[Link], *, accepted: Mapping[str, str] | None = None) -> SecurityTest:
    """One test for each check of a sign-up that a mailed link confirms; `accepted` as for `password_reset`."""
    return _tests(journey, _EVERY_LINK, accepted or {})


def sign_in_by_link(journey: Journey[Link], *, accepted: Mapping[str, str] | None = None) -> SecurityTest:
    """One test for each check of a sign-in by a mailed link; `accepted` as for `password_reset`."""
    return _tests(journey, _EVERY_LINK, accepted or {})


def sign_in_by_code(journey: Journey[str], *, accepted: Mapping[str, str] | None = None) -> SecurityTest:
    """One test for each check of a sign-in by a mailed code; `accepted` as for `password_reset`."""
    return _tests(journey, _EVERY_CODE, accepted or {})


def _tests(journey: Journey[Any], checks: Sequence[Check], accepted: Mapping[str, str]) -> SecurityTest:
    names = [check.name for check in checks]
    if wrong := sorted(accepted.keys() - set(names)):
        raise ConfigError(f"accepted={{{wrong[0]!r}: …}}: no such check; there are {', '.join(names)}")

    def one(check: Check) -> object:
        marks = [pytest.mark.check(check.name, check.kind)]
        if check.name in accepted:
            marks.append(pytest.mark.xfail(reason=accepted[check.name], strict=True))
        return pytest.param(check, id=check.id, marks=marks)

    def test(
        check: Check,
        new_user: Callable[..., User],
        project: Project,
        playwright: Playwright,
        record_property: Callable[[str, object], None],
    ) -> None:
        answer = check.ask(Trial(journey=journey, new_user=new_user, project=project, requests=playwright.request))
        record_property(PROPERTY, told(check, answer))
        match answer:
            case Finding():
                pytest.fail(
                    f"{answer.severity} finding, {check.source}: {check.question}\n"
                    f"  seen: {answer.evidence}\n  do: {answer.remedy}",
                    pytrace=False,
                )
            case CannotTell():
                pytest.skip(f"cannot be told: {answer.why}")

    marked: SecurityTest = pytest.mark.parametrize("check", [one(check) for check in checks])(test)
    # A check makes the application mail more than the journey claims: notices, answers to a second sign-up.
    return pytest.mark.filterwarnings("ignore::inboxwright.UnclaimedMessageWarning")(marked)
