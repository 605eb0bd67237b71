"""Every made message gives exactly what a person would take from it, or a refusal where that is not certain."""

import pytest

from inboxwright.errors import MatchError
from inboxwright.mail import Message
from tests.unit.mail import (
    cases_codes,
    cases_codes_among_numbers,
    cases_codes_hidden,
    cases_links,
    cases_links_among_others,
    cases_links_forged,
    cases_nothing,
    cases_other_secrets,
    cases_structure,
)
from tests.unit.mail.build import Case

CASES = [
    *cases_codes.cases(),
    *cases_codes_among_numbers.cases(),
    *cases_codes_hidden.cases(),
    *cases_links.cases(),
    *cases_links_among_others.cases(),
    *cases_links_forged.cases(),
    *cases_nothing.cases(),
    *cases_other_secrets.cases(),
    *cases_structure.cases(),
]


def _link(case: Case) -> str | None:
    try:
        return Message.parse(case.raw).link(hosts=case.hosts).url
    except MatchError:
        return None


def _code(case: Case) -> str | None:
    try:
        return Message.parse(case.raw).code()
    except MatchError:
        return None


def test_there_are_enough_of_them() -> None:
    names = [case.name for case in CASES]

    assert len(names) >= 150
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_link(case: Case) -> None:
    assert _link(case) == case.link


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_code(case: Case) -> None:
    assert _code(case) == case.code
