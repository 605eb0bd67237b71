"""Around a test's body: a missing base URL, expectations that were never entered, and mail that nobody claimed."""

import warnings
from collections.abc import Generator
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Error

from inboxwright.errors import UnclaimedCallWarning, UnclaimedMessageWarning
from inboxwright.inbox import AsyncInbox, Inbox
from inboxwright.mail.urls.tokens import mask_text
from inboxwright.plugin._activation import run_of
from inboxwright.plugin._test_record import record_of

if TYPE_CHECKING:  # few tests have callbacks, and an HTTP server comes with them
    from inboxwright.callbacks import AsyncCallbacks, Callbacks


@pytest.hookimpl(wrapper=True, trylast=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, None, None]:
    """Runs the test body, then asks its inboxes; a failure of the body wins."""
    try:
        yield
    except Error as error:
        if "Cannot navigate to invalid URL" in error.message:  # Playwright's words where a path has no base URL
            run_of(item.config).project.require_base_url()  # raises ConfigError when it is missing
        raise
    for inbox in record_of(item).inboxes:
        _check_entered(inbox)
        _check_claimed(item, inbox, run_of(item.config).project.inbox.unclaimed)
    for callbacks in record_of(item).callbacks:
        _check_calls(item, callbacks, run_of(item.config).project.inbox.unclaimed)


def _check_entered(inbox: Inbox | AsyncInbox) -> None:
    for wait in inbox.core.unentered:
        pytest.fail(
            f"an expectation of {wait.wanted} was written without `with`, so it asserted nothing; "
            "write: with inbox.expect_…(…): …",
            pytrace=False,
        )


def _check_claimed(item: pytest.Item, inbox: Inbox | AsyncInbox, policy: str) -> None:
    unclaimed = inbox.core.unclaimed
    if not unclaimed or policy == "ignore":
        return
    subjects = ", ".join(repr(mask_text(entry.message.subject)) for entry in unclaimed)
    text = (
        f"{len(unclaimed)} mail to {inbox.address} that no expectation claimed: {subjects}; "
        'expect it in the test, or set inbox.unclaimed to "ignore"'
    )
    _tell(item, UnclaimedMessageWarning(text), policy)


def _check_calls(item: pytest.Item, callbacks: "Callbacks | AsyncCallbacks", policy: str) -> None:
    for wait in callbacks.core.unentered:
        pytest.fail(
            f"an expectation of a {wait.wanted} was written without `with`, so it asserted nothing; "
            "write: with callbacks.expect_…(…): …",
            pytrace=False,
        )
    unclaimed = callbacks.core.unclaimed
    if not unclaimed or policy == "ignore":
        return
    calls = ", ".join(mask_text(str(heard.call)) for heard in unclaimed)
    text = (
        f"{len(unclaimed)} callback that no expectation claimed: {calls}; "
        'expect it in the test, or set inbox.unclaimed to "ignore"'
    )
    _tell(item, UnclaimedCallWarning(text), policy)


def _tell(item: pytest.Item, warning: UserWarning, policy: str) -> None:
    if policy == "fail":
        pytest.fail(str(warning), pytrace=False)
    _, line, _ = item.location
    warnings.warn_explicit(warning, None, str(item.path), (line or 0) + 1)  # the test's place, not ours
