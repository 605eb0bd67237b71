"""Checks as they are told: in the documentation, in a test's property, in SARIF."""

import json
from pathlib import Path

import pytest

from inboxwright.checks import Answer, CannotTell, Check, Finding, Holds, Journey, password_reset
from inboxwright.checks._packs import _EVERY_CODE, _EVERY_LINK, _RESET
from inboxwright.checks.told import Told, sarif, told
from inboxwright.errors import ConfigError

DOCS = Path(__file__).parents[3] / "docs" / "checks.md"
EVERY = tuple(dict.fromkeys((*_EVERY_LINK, *_RESET, *_EVERY_CODE)))
FINDING = Finding(severity="high", evidence="it worked twice", remedy="delete the token")


def _told(check: Check, answer: Answer) -> Told:
    return Told(test="e2e/test_security.py::test_reset[x]", **json.loads(told(check, answer)))


@pytest.mark.parametrize("check", EVERY, ids=lambda check: check.name)
def test_the_documentation_has_a_row_for_each_check(check: Check) -> None:
    assert f"| {check.name} | {check.source} | {check.kind} | {check.question} |" in DOCS.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("answer", "word"),
    [(Holds(seen="x"), "holds"), (CannotTell(why="x"), "cannot be told"), (FINDING, "high finding")],
)
def test_an_answer_survives_the_way_through_a_tests_property(answer: Answer, word: str) -> None:
    assert _told(EVERY[0], answer).word == word


def test_only_findings_are_results_in_sarif() -> None:
    answers = [_told(EVERY[0], FINDING), _told(EVERY[1], Holds(seen="refused"))]

    [run] = sarif(answers)["runs"]

    assert [(one["ruleId"], one["level"]) for one in run["results"]] == [(EVERY[0].name, "error")]
    assert run["results"][0]["message"]["text"] == "it worked twice. To do: delete the token."
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == [check.name for check in EVERY[:2]]


def test_a_finding_of_an_unknown_check_cannot_be_accepted() -> None:
    journey = Journey(
        request=lambda user: pytest.fail("not to be called"),
        complete=lambda *_: None,
        signed_in=lambda _: pytest.fail("not to be called"),
    )

    with pytest.raises(
        ConfigError, match=r"accepted=\{'older-links-die': …\}: no such check; there are link-works-once"
    ):
        password_reset(journey, accepted={"older-links-die": "a typo"})
