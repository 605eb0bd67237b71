"""`--checks`, and what the checks of a project's journeys said: a table at the end, and a SARIF file."""

import json
from pathlib import Path

import pytest

from inboxwright.checks.told import PROPERTY, Told, sarif

_TOLD = pytest.StashKey[list[Told]]()
SARIF = "checks.sarif"
"""In the run's output folder: what code-scanning pages read (SARIF 2.1.0)."""


def pytest_configure(config: pytest.Config) -> None:
    """Make the marker known."""
    config.addinivalue_line("markers", "check(name, kind): one check of a journey, made by inboxwright.checks")
    config.stash[_TOLD] = []


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the checks that `--checks` does not name. Raises pytest.UsageError for a name that is none."""
    wanted = [word.strip() for word in (config.option.checks or "").split(",") if word.strip()]
    if not wanted:
        return
    marked = {item: mark.args for item in items if (mark := item.get_closest_marker("check")) is not None}
    known = {word for args in marked.values() for word in args} | {"active", "passive"}
    if unknown := [word for word in wanted if word not in known]:
        raise pytest.UsageError(
            f"--checks {unknown[0]}: no such check was collected; there are {', '.join(sorted(known))}"
        )
    dropped = [item for item, args in marked.items() if not set(args) & set(wanted)]
    if dropped:
        config.hook.pytest_deselected(items=dropped)
        items[:] = [item for item in items if item not in set(dropped)]


class Table:
    """Kept by the process that reports: alone, or the controller of xdist's workers."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Remember the answer; a test that ran again has the last one."""
        for name, value in report.user_properties:
            if name == PROPERTY and report.when == "call":
                self._config.stash[_TOLD].append(Told(test=report.nodeid, **json.loads(str(value))))

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """A line a check; the evidence of a finding stands in its failure."""
        told = self._config.stash[_TOLD]
        if not told:
            return
        terminalreporter.section("checks")
        width = max(len(one.check) for one in told)
        asked = max(len(one.asked) for one in told)
        for one in sorted(told, key=lambda one: (one.answer != "finding", one.answer, one.test)):
            color = {"finding": {"red": True}, "holds": {"green": True}}.get(one.answer, {"yellow": True})
            terminalreporter.write(f"{one.word:<15}", **color)
            terminalreporter.write_line(f" {one.asked:<{asked}}  {one.check:<{width}}  {one.text}")

    def pytest_sessionfinish(self) -> None:
        """Write the file where the run has an output folder."""
        told = self._config.stash[_TOLD]
        folder = Path(self._config.option.output).absolute()
        if told and folder.is_dir():
            (folder / SARIF).write_text(json.dumps(sarif(told), indent=1), encoding="utf-8")
