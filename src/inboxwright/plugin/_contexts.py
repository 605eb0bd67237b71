"""pytest-playwright's contexts with the values of playwright.config.json."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Playwright, expect
from slugify import slugify

from inboxwright.config import Project
from inboxwright.plugin._context_options import giving_way
from inboxwright.plugin._item import mail_of
from inboxwright.plugin._journey import follow
from inboxwright.plugin._traces import record_as_asked, video_options


@pytest.fixture(scope="session")
def playwright(playwright: Playwright, project: Project) -> Playwright:
    """Playwright, with the project's test id attribute and the timeout of its assertions."""
    playwright.selectors.set_test_id_attribute(project.use.test_id_attribute)
    expect.set_options(timeout=project.expect.timeout)
    return playwright


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
        record_as_asked(context, request.config, slugify(request.node.nodeid))
        follow(context, mail_of(request.node))
        if project.use.action_timeout:
            context.set_default_timeout(project.use.action_timeout)
        if project.use.navigation_timeout:
            context.set_default_navigation_timeout(project.use.navigation_timeout)
        return context

    return make
