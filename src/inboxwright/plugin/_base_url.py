"""A path was opened and no base URL is known: say so, and where to give it."""

from collections.abc import Generator

import pytest
from playwright.sync_api import Error

from inboxwright.plugin._run import run_of


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, None, None]:
    """Runs the test body; Playwright's own words for this are "Cannot navigate to invalid URL"."""
    try:
        yield
    except Error as error:
        if "Cannot navigate to invalid URL" in error.message:
            run_of(item.config).project.require_base_url()  # raises ConfigError when it is missing
        raise
