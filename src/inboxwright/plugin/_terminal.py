"""At the end of a run: how long mail took, which tests needed a second try, annotations, and the report's page."""

import os
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import Any

import pytest

from inboxwright import report as report_page
from inboxwright.errors import ConfigError
from inboxwright.plugin._activation import run_of
from inboxwright.plugin._results import RESULTS_KEY, Results
from inboxwright.report.latency import in_vain
from inboxwright.report.statistics import p95

_IN_MESSAGES = "%\r\n"
_IN_PROPERTIES = f"{_IN_MESSAGES}:,"
"""What GitHub's runner puts back: more of it in a command's properties than in its message."""


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


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Only where a run was written down, which is in the controller."""
    results = config.stash.get(RESULTS_KEY, None)
    if results is None:
        return
    _tell_of_waits(terminalreporter, results)
    if any(name == "github" for name, _ in run_of(config).project.reporter):
        _annotate(terminalreporter, config, results)
    if config.option.report_folder:
        _build_page(terminalreporter, config)


def _tell_of_waits(terminalreporter: pytest.TerminalReporter, results: Results) -> None:
    """The waits of all workers, and the flaky tests with what their first try said."""
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
        parts.append(f"median {median(took):.0f} ms, p95 {p95(took):.0f} ms from the step to its mail")
        parts.append(f"slowest {slowest['took']:.0f} ms in {test.rpartition('::')[2]}")
    if without:
        parts.append(f"{without} ended without {'its' if without == 1 else 'their'} mail")
    return "; ".join(parts)


def _annotate(terminalreporter: pytest.TerminalReporter, config: pytest.Config, results: Results) -> None:
    """`reporter: github`: one command a failure or flaky test, which GitHub Actions shows beside the code."""
    for line in (*results.uncollected, *results.finished):
        if line["outcome"] not in {"passed", "skipped"}:
            level = "warning" if line["outcome"] == "flaky" else "error"
            file, _, title = line["test"].partition("::")
            path = os.path.relpath(config.rootpath / file, os.environ.get("GITHUB_WORKSPACE", config.rootpath))
            place = f"file={_escape(path, _IN_PROPERTIES)},title={_escape(title, _IN_PROPERTIES)}"
            terminalreporter.write_line(f"::{level} {place}::{_escape(line['headline'], _IN_MESSAGES)}")


def _escape(text: str, chars: str) -> str:
    for char in chars:
        text = text.replace(char, f"%{ord(char):02X}")
    return text


def _build_page(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """`reporter: html`: the page of `inboxwright report`."""
    results = Path(config.option.output).absolute() / report_page.RESULTS
    if not results.exists():
        return
    try:
        index = report_page.build(
            report_page.load([results]), Path(config.invocation_params.dir, config.option.report_folder)
        )
    except ConfigError as error:
        terminalreporter.write_line(str(error), yellow=True)
        return
    terminalreporter.write_line(f"report: {index}")
