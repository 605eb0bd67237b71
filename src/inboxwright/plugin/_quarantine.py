"""`@pytest.mark.quarantine(until=…, reason=…)`: the test runs, its failure is told, and it decides nothing.

From the day of `until` on the mark has no effect, so nobody has to remember it. pytest's own xfail does the work:
setup and teardown are covered as the test itself is.
"""

from collections.abc import Generator
from datetime import UTC, date, datetime

import pytest

from inboxwright.plugin._activation import run_of
from inboxwright.plugin._selection import refuse

_MARK = "quarantine"
_WORDS = "quarantined until "
"""What the reason of the xfail begins with."""


def pytest_configure(config: pytest.Config) -> None:
    """Make the marker known."""
    config.addinivalue_line(
        "markers",
        "quarantine(until, reason): run this test and tell its failure, which decides nothing before the day `until`",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """For tests below the project's testDir; a mark of this name elsewhere may mean something else."""
    project = run_of(config).project
    if project.file is None:
        return
    for item in items:
        mark = item.get_closest_marker(_MARK)
        if mark is None or not item.path.is_relative_to(project.test_dir):
            continue
        until, reason = _until(mark), mark.kwargs.get("reason")
        if until is None or not reason or mark.args or len(mark.kwargs) > 2:
            refuse(config, f'{item.nodeid}: write quarantine(until="2026-12-24", reason="issue 17: …"), both by name')
        elif _today() < until:
            item.add_marker(pytest.mark.xfail(reason=f"{_WORDS}{until}: {reason}", strict=False))


def _until(mark: pytest.Mark) -> date | None:
    try:
        return date.fromisoformat(str(mark.kwargs.get("until")))
    except ValueError:
        return None


def _today() -> date:
    return datetime.now(UTC).date()


def is_quarantined(report: pytest.TestReport) -> bool:
    """Whether the test failed and its quarantine took the failure."""
    return report.outcome == "skipped" and str(getattr(report, "wasxfail", "")).startswith(_WORDS)


@pytest.hookimpl(tryfirst=True)
def pytest_report_teststatus(report: pytest.TestReport) -> tuple[str, str, str | tuple[str, dict[str, bool]]] | None:
    """A failure in quarantine is its own outcome, and a test that passes there has passed."""
    if is_quarantined(report):
        return "quarantined", "q", ("QUARANTINED", {"yellow": True})
    if report.when == "call" and report.passed and str(getattr(report, "wasxfail", "")).startswith(_WORDS):
        return "passed", ".", "PASSED"
    return None


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A test that fails after its quarantine says that it had one."""
    report = yield
    mark = item.get_closest_marker(_MARK)
    until = _until(mark) if mark else None
    if report.failed and until is not None and until <= _today() and run_of(item.config).project.file:
        report.sections.append(("quarantine", f"it ended on {until}: repair the test, or say until when anew"))
    return report


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Each failure that decided nothing, with its reason."""
    if held := terminalreporter.stats.get("quarantined"):
        terminalreporter.section("quarantined tests that failed", "=", yellow=True)
        for report in held:
            terminalreporter.write_line(f"{report.nodeid}: {report.wasxfail}")
