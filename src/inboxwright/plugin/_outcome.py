"""What a test tells the controller: its waits, and its evidence where it failed. Travels on the report."""

import os
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

from inboxwright.mail.urls.tokens import mask_text
from inboxwright.plugin._evidence import EVIDENCE
from inboxwright.plugin._test_record import TestRecord, record_of

TOLD = "inboxwright"
"""The report's attribute, plain values for xdist."""


def tell_outcome(item: pytest.Item, report: pytest.TestReport) -> None:
    """Put what is to be told onto the report."""
    told: dict[str, Any] = {}
    if report.when == "teardown":
        told["waits"] = [*_waits(record_of(item))]
    if (evidence := item.stash.get(EVIDENCE, None)) is not None and (report.failed or report.when == "teardown"):
        home = Path(item.config.getoption("--output")).absolute()
        told |= {
            "verdict": evidence.verdict,
            "headline": evidence.headline,
            "details": evidence.details,
            "events": [event.as_json() for event in sorted(evidence.events, key=lambda event: event.at)],
            "files": [[kind, os.path.relpath(path, home)] for kind, path in evidence.files],
        }
    if told:
        setattr(report, TOLD, told)


def _waits(test: TestRecord) -> Generator[dict[str, Any], None, None]:
    for inbox in test.inboxes:
        for wait in inbox.core.asked:
            if wait.started and wait.outcome is not None:
                first = min((entry.arrived for entry in wait.found), default=None)
                begun = wait.begun or wait.started
                # Without a block the mail may be older than the wait: nobody knows how long it took.
                took = None if first is None or first < begun else round((first - begun) * 1000, 1)
                yield {
                    "journey": wait.journey,
                    "wanted": mask_text(str(wait.criteria)).strip(),
                    "outcome": wait.outcome,
                    "waited": round(wait.elapsed, 1),
                    "took": took,
                }
