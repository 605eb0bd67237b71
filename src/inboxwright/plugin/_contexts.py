"""What pytest-playwright makes, with the values of playwright.config.json: Playwright itself, browsers, contexts."""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from inspect import getclosurevars, isfunction
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Playwright, expect
from slugify import slugify

from inboxwright.config import Project
from inboxwright.errors import ConfigError
from inboxwright.plugin._learning import of_storage
from inboxwright.plugin._remote import explain
from inboxwright.plugin._test_record import follow, record_of
from inboxwright.plugin._tracing import record_as_asked, video_options

_ALIKE = {"viewport": "no_viewport", "no_viewport": "viewport"}
"""Options that exclude each other."""


@pytest.fixture(scope="session")
def playwright(playwright: Playwright, project: Project) -> Playwright:
    """Playwright, with the project's test id attribute and the timeout of its assertions."""
    playwright.selectors.set_test_id_attribute(project.use.test_id_attribute)
    expect.set_options(timeout=project.expect.timeout)
    return playwright


@pytest.fixture(scope="session")
def launch_browser(launch_browser: Callable[..., Browser], project: Project) -> Callable[..., Browser]:
    """As pytest-playwright's; what goes wrong on the way to a remote browser is said in one line."""

    def launch(**options: Any) -> Browser:
        try:
            return launch_browser(**options)
        except Error as error:
            if project.use.connect_options is None:
                raise
            # Not pytest.exit: in an xdist worker that would bring the whole run down without a word.
            raise ConfigError(explain(str(error), project.use.connect_options)) from None

    return launch


@pytest.fixture
def new_context(
    request: pytest.FixtureRequest, new_context: Callable[..., BrowserContext], project: Project
) -> Callable[..., BrowserContext]:
    """Makes a context with the project's timeouts, whose journey is noted for the evidence.

    Options that are given here win over those of the project.
    """

    def make(**options: Any) -> BrowserContext:
        with giving_way(new_context, options):
            context = new_context(**{**video_options(request.config), **options})
        record_of(request.node).secrets.update(of_storage(options.get("storage_state")))
        record_as_asked(context, request.config, slugify(request.node.nodeid))
        follow(context, record_of(request.node))
        if project.use.action_timeout:
            context.set_default_timeout(project.use.action_timeout)
        if project.use.navigation_timeout:
            context.set_default_navigation_timeout(project.use.navigation_timeout)
        return context

    return make


@contextmanager
def giving_way(new_context: Callable[..., Any], options: Collection[str]) -> Iterator[None]:
    """While the block lasts, pytest-playwright's `new_context` has no options of its own of these names.

    It refuses to be given an option twice (TypeError), which would be any of `viewport`, `locale`, `storage_state` …
    that playwright.config.json names.
    """
    held: dict[str, Any] = {}
    own = getclosurevars(new_context).nonlocals.get("browser_context_args", {}) if isfunction(new_context) else {}
    for name in {*options, *(_ALIKE[name] for name in options if name in _ALIKE)}:
        if name in own:
            held[name] = own.pop(name)
    try:
        yield
    finally:
        own.update(held)
