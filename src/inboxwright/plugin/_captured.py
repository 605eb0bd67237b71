"""What a test printed and logged, with its secrets masked before any report sees it."""

import traceback
from collections.abc import Generator

import pytest

from inboxwright.plugin._known import known


@pytest.hookimpl(wrapper=True, trylast=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Innermost: every other plugin gets the masked text. What cannot be masked is withheld."""
    report = yield
    if not report.sections or item.config.option.keep_secrets:
        return report
    try:
        hide = known(item).mask
        report.sections = [(name, hide(text)) for name, text in report.sections]
    except Exception:  # noqa: BLE001 - neither the failure nor a secret may be lost
        report.sections = [("inboxwright: the captured output is withheld", traceback.format_exc(limit=-4))]
    return report
