"""What a test printed, logged, raised and noted, with its secrets masked before any report sees it."""

import traceback
from collections.abc import Generator

import pytest

from inboxwright.plugin._known import known
from inboxwright.plugin._run import run_of
from inboxwright.plugin._tracebacks import rewrite


@pytest.hookimpl(wrapper=True, trylast=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Innermost: every other plugin gets the masked text. What cannot be masked is withheld."""
    report = yield
    told = report.sections or report.longrepr or report.user_properties
    if not told or item.config.option.keep_secrets:
        return report
    try:
        hide = known(item).mask
        report.longrepr = rewrite(report.longrepr, hide)
        report.sections = [(name, hide(text)) for name, text in report.sections]
        report.user_properties = [(name, rewrite(value, hide)) for name, value in report.user_properties]
    except Exception:  # noqa: BLE001 - neither the failure nor a secret may be lost
        withheld = f"what the test said is withheld, as it could not be masked:\n{traceback.format_exc(limit=-4)}"
        report.longrepr = withheld if report.failed else report.longrepr
        report.sections, report.user_properties = [("inboxwright", withheld)], []
    return report


@pytest.hookimpl(wrapper=True, trylast=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """The same for a file that could not be collected: it may have used the project's credentials."""
    report = yield
    if report.longrepr and not collector.config.option.keep_secrets:
        hide = run_of(collector.config).secrets().mask
        report.longrepr = rewrite(report.longrepr, hide)
        report.sections = [(name, hide(text)) for name, text in report.sections]
    return report
