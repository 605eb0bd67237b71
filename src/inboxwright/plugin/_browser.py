"""Fixtures that both pytest-playwright and pytest-playwright-asyncio have: where the run goes, and in which browser."""

from typing import Any

import pytest

from inboxwright.browser import context_options, find_browser, launch_options
from inboxwright.config import Project

Options = dict[str, Any]


@pytest.fixture(scope="session", autouse=True)
def delete_output_dir() -> None:
    """Nothing: the controller empties the folder at the start; a worker that replaces a crashed one must not."""


@pytest.fixture(scope="session")
def base_url(pytestconfig: pytest.Config) -> str | None:
    """The project's base URL, on the port that the run found for it."""
    url: str | None = pytestconfig.getoption("base_url")
    return url


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: Options, browser_name: str, project: Project) -> Options:
    """`launchOptions`, and a browser that exists: Playwright's own, else the system's."""
    options = {**launch_options(project.use), **browser_type_launch_args}
    if "executable_path" in options or project.use.connect_options is not None:
        return options
    found = find_browser(browser_name, channel=options.get("channel"), headless=options.get("headless", True))
    return options if found is None else {**options, "executable_path": found}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: Options, project: Project) -> Options:
    """What each context is made with: `viewport`, `locale` and the like."""
    return {**context_options(project.use), **browser_context_args}
