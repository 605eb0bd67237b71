"""The reports of tests, step by step: the one place that says what happens to a report, and in which order.

each attempt          forget the earlier one, decide whether it is traced
innermost             mask what the test said, so that every other plugin gets the masked text
… the wrappers of all other plugins: xfail, reruns, pytest-html, Allure
outermost             collect the evidence, by the outcome that all others agreed on
                      tell the controller of waits and evidence
                      tell Allure, which writes the test's result next
"""

import traceback
import warnings
from collections.abc import Callable, Generator
from typing import Any

import pytest

from inboxwright.plugin._activation import run_of
from inboxwright.plugin._attach import AllureEditor
from inboxwright.plugin._evidence import EVIDENCE, collect_evidence, forget
from inboxwright.plugin._gate import GATE
from inboxwright.plugin._outcome import tell_outcome
from inboxwright.plugin._test_record import begin, find_what_exists, known, learn_cookies
from inboxwright.plugin._tracebacks import rewrite
from inboxwright.plugin._tracing import record_first_retry

_CURRENT: dict[str, pytest.Item] = {}
"""The test that runs, or ran last: its warnings are told when it is over."""


class Innermost:
    """pytest gives one function one place in a hook's order: this is the first of our two."""

    @pytest.hookimpl(wrapper=True, trylast=True)
    def pytest_runtest_makereport(self, item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """The report as pytest made it."""
        report = yield
        find_what_exists(item)
        if report.failed:
            learn_cookies(item)
        mask_said(item, report)
        return report


class Outermost:
    """And this is the second."""

    def __init__(self, allure: AllureEditor | None) -> None:
        self._allure = allure

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        """A fresh record for each attempt."""
        _CURRENT["item"] = item
        begin(item)
        forget(item)
        record_first_retry(item)

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """The report as all others left it."""
        report = yield
        collect_evidence(item, call, report)
        tell_outcome(item, report)
        gate = item.config.stash.get(GATE, None)
        if gate is not None and report.when == "teardown":
            gate.learn(item)
        if self._allure is not None:
            evidence = item.stash.get(EVIDENCE, None)
            self._allure.said = (evidence.headline, evidence.details) if evidence else None
            self._allure.hide = str if item.config.option.keep_secrets else known(item).mask
        return report


@pytest.hookimpl(tryfirst=True)
def pytest_warning_recorded(warning_message: warnings.WarningMessage) -> None:
    """Before anybody shows or sends it: the summary of warnings quotes what a test warned of."""
    item = _CURRENT.get("item")
    if item is None or item.config.option.keep_secrets:
        return
    said = str(warning_message.message)
    shown = known(item).mask(said)
    if shown != said:
        warning_message.message = _alike(warning_message.message, shown)


def _alike(warning: Warning | str, text: str) -> Warning | str:
    if isinstance(warning, str):
        return text
    try:
        return type(warning)(text)
    except Exception:  # noqa: BLE001 - a class of its own takes whatever it takes
        return UserWarning(text)


def pytest_configure(config: pytest.Config) -> None:
    """Take both places."""
    config.pluginmanager.register(Innermost(), "inboxwright-mask")
    config.pluginmanager.register(Outermost(AllureEditor.of(config)), "inboxwright-report")


def mask_said(item: pytest.Item, report: pytest.TestReport) -> None:
    """What the test printed, logged, raised and noted; what cannot be masked is withheld."""
    told = report.sections or report.longrepr or report.user_properties
    if not told or item.config.option.keep_secrets:
        return
    try:
        hide = known(item).mask
        _mask(report, hide)
        report.user_properties = [(name, rewrite(value, hide)) for name, value in report.user_properties]
    except Exception:  # noqa: BLE001 - neither the failure nor a secret may be lost
        withheld = f"what the test said is withheld, as it could not be masked:\n{traceback.format_exc(limit=-4)}"
        report.longrepr = withheld if report.failed else report.longrepr
        report.sections, report.user_properties = [("inboxwright", withheld)], []


def _mask(report: Any, hide: Callable[[str], str]) -> None:
    report.longrepr = rewrite(report.longrepr, hide)
    report.sections = [(name, hide(text)) for name, text in report.sections]


@pytest.hookimpl(wrapper=True, trylast=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """The same for a file that could not be collected: it may have used the project's credentials."""
    report = yield
    if report.longrepr and not collector.config.option.keep_secrets:
        _mask(report, run_of(collector.config).secrets().mask)
    return report
