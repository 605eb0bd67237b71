"""The failures of all shards, where pytest's own `--last-failed` looks for them."""

import json
from pathlib import Path
from typing import Final

from inboxwright.report.model import Report

_CACHE: Final = Path(".pytest_cache/v/cache/lastfailed")
"""pytest's cacheprovider keeps a JSON object there, {"node id": true}; relative to the root of the tests."""


def remember(report: Report, root: Path) -> int:
    """Write down what failed, what crashed, what could not be collected and what has no result; returns how many."""
    names = {test.name for test in report.failures} | set(report.uncollected)
    for run in report.died:
        names |= set(run.missing)
    path = root / _CACHE
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(dict.fromkeys(sorted(names), True), indent=2), encoding="utf-8")
    return len(names)
