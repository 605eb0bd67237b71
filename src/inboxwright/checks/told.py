"""An answer as it leaves a test: a line in the terminal, a property of the test, a result in SARIF."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any, Literal

from inboxwright.checks._answers import Answer, CannotTell, Finding, Holds
from inboxwright.checks._check import Check

PROPERTY = "inboxwright.check"
"""The name of a test's property that holds the answer, so that it crosses from an xdist worker to its controller."""
_LEVELS = {"high": "error", "medium": "warning", "low": "note"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One check of one journey, answered."""

    test: str
    """The test's id."""
    check: str
    source: str
    question: str
    answer: Literal["holds", "finding", "cannot be told"]
    severity: str
    """Of a finding; empty otherwise."""
    text: str
    """What was seen, or why it cannot be told."""
    remedy: str
    """Of a finding; empty otherwise."""

    @property
    def asked(self) -> str:
        """The name of the test function: by it a reader knows the journey."""
        return self.test.rpartition("::")[2].partition("[")[0].removeprefix("test_")

    @property
    def word(self) -> str:
        """The answer in the terminal's table."""
        return f"{self.severity} finding" if self.answer == "finding" else self.answer


def told(check: Check, answer: Answer) -> str:
    """The answer as the value of a test's property: JSON without the test, whose report knows it."""
    shared = {"check": check.name, "source": check.source, "question": check.question}
    match answer:
        case Holds():
            rest = {"answer": "holds", "severity": "", "text": answer.seen, "remedy": ""}
        case CannotTell():
            rest = {"answer": "cannot be told", "severity": "", "text": answer.why, "remedy": ""}
        case Finding():
            fields = asdict(answer)
            rest = {"answer": "finding", "text": fields.pop("evidence"), **fields}
    return json.dumps({**shared, **rest})


def sarif(answers: Iterable[Told]) -> dict[str, Any]:
    """The findings for code-scanning pages: SARIF 2.1.0 (OASIS), a rule a check."""
    answers = list(answers)
    rules = {
        one.check: {
            "id": one.check,
            "shortDescription": {"text": one.question},
            "properties": {"tags": ["security", one.source]},
        }
        for one in answers
    }
    results = [
        {
            "ruleId": one.check,
            "level": _LEVELS[one.severity],
            "message": {"text": f"{one.text}. To do: {one.remedy}."},
            "locations": [
                {
                    "physicalLocation": {"artifactLocation": {"uri": one.test.partition("::")[0]}},
                    "logicalLocations": [{"fullyQualifiedName": one.test}],
                }
            ],
        }
        for one in answers
        if one.answer == "finding"
    ]
    return {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{"tool": {"driver": {"name": "inboxwright", "rules": list(rules.values())}}, "results": results}],
    }
