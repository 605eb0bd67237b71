"""At the end of a run: how long mail took, and which tests needed a second try."""

from collections.abc import Sequence
from typing import Any

import pytest

from inboxwright.plugin._results import RESULTS_KEY
from inboxwright.report.latency import in_vain
from inboxwright.report.statistics import median, quantile


@pytest.hookimpl(tryfirst=True)
def pytest_report_teststatus(report: pytest.TestReport) -> tuple[str, str, tuple[str, dict[str, bool]]] | None:
    """A test that passed on a second try is flaky, not passed."""
    if report.when == "call" and report.outcome == "passed" and getattr(report, "rerun", None):
        return "flaky", "~", ("FLAKY", {"yellow": True})
    return None


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """A flaky test leaves the exit code alone, unless it was asked for."""
    results = session.config.stash.get(RESULTS_KEY, None)
    if results is None or exitstatus != 0 or not session.config.option.fail_on_flaky_tests:
        return
    if any(line["outcome"] == "flaky" for line in results.finished):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """The waits of all workers, and the flaky tests with what their first try said."""
    results = config.stash.get(RESULTS_KEY, None)
    if results is None:
        return
    flaky = [line for line in results.finished if line["outcome"] == "flaky"]
    if flaky:
        terminalreporter.section("flaky tests", "=", yellow=True)
        for line in flaky:
            said = line["headline"].partition("\n")[0]
            terminalreporter.write_line(f"{line['test']}: passed on attempt {line['attempts']}; before: {said}")
    if results.trouble is not None:
        terminalreporter.write_line(f"inboxwright: not all results could be written: {results.trouble}", yellow=True)
    if text := waits_in_words(results.finished):
        terminalreporter.write_line(text)


def waits_in_words(lines: Sequence[dict[str, Any]]) -> str:
    """One line, or nothing if no mail was awaited."""
    arrived = [(wait, line["test"]) for line in lines for wait in line["waits"] if wait["took"] is not None]
    without = sum(in_vain(wait) for line in lines for wait in line["waits"])
    if not arrived and not without:
        return ""
    number = len(arrived) + without
    parts = [f"mail: {number} wait{'' if number == 1 else 's'}"]
    if len(arrived) == 1:
        parts.append(f"{arrived[0][0]['took']:.0f} ms from the step to its mail")
    elif arrived:
        took = [wait["took"] for wait, _ in arrived]
        slowest, test = max(arrived, key=lambda pair: float(pair[0]["took"]))
        parts.append(f"median {median(took):.0f} ms, p95 {quantile(took, 0.95):.0f} ms from the step to its mail")
        parts.append(f"slowest {slowest['took']:.0f} ms in {test.rpartition('::')[2]}")
    if without:
        parts.append(f"{without} ended without {'its' if without == 1 else 'their'} mail")
    return "; ".join(parts)
