"""What pytest-playwright-asyncio makes, with the values of playwright.config.json: Playwright, browsers, contexts."""

import asyncio
import inspect
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Error, Playwright, expect
from slugify import slugify

from inboxwright.config import Project
from inboxwright.errors import ConfigError
from inboxwright.plugin._contexts import giving_way
from inboxwright.plugin._remote import explain
from inboxwright.plugin._test_record import follow, record_of
from inboxwright.plugin._tracing import record_as_asked_async, video_options


@pytest_asyncio.fixture(scope="session")
async def playwright(playwright: Playwright, project: Project) -> Playwright:
    """Playwright, with the project's test id attribute and the timeout of its assertions."""
    playwright.selectors.set_test_id_attribute(project.use.test_id_attribute)
    expect.set_options(timeout=project.expect.timeout)
    return playwright


@pytest_asyncio.fixture(loop_scope="session")
async def new_context(
    request: pytest.FixtureRequest, new_context: Callable[..., Awaitable[BrowserContext]], project: Project
) -> Callable[..., Awaitable[BrowserContext]]:
    """Makes a context with the project's timeouts, whose journey is noted for the evidence.

    Options that are given here win over those of the project.
    """
    one_at_a_time = asyncio.Lock()
    record_of(request.node).finish = finisher(asyncio.get_running_loop())

    async def make(**options: Any) -> BrowserContext:
        async with one_at_a_time:
            with giving_way(new_context, options):
                context = await new_context(**{**video_options(request.config), **options})
        await record_as_asked_async(context, request.config, slugify(request.node.nodeid))
        follow(context, record_of(request.node))
        if project.use.action_timeout:
            context.set_default_timeout(project.use.action_timeout)
        if project.use.navigation_timeout:
            context.set_default_navigation_timeout(project.use.navigation_timeout)
        return context

    return make


def finisher(loop: asyncio.AbstractEventLoop) -> Callable[[Any], Any]:
    """Runs a call to its end on the loop that the contexts live on, which stands still between a test's phases."""

    def finish(call: Any) -> Any:
        if not inspect.iscoroutine(call):
            return call
        if loop.is_running() or loop.is_closed():
            call.close()
            raise Error("the event loop of its browser is not free")
        return loop.run_until_complete(call)

    return finish


@pytest.fixture(scope="session")
def launch_browser(
    launch_browser: Callable[..., Awaitable[Browser]], project: Project
) -> Callable[..., Awaitable[Browser]]:
    """As pytest-playwright-asyncio's; what goes wrong on the way to a remote browser is said in one line."""

    async def launch(**options: Any) -> Browser:
        try:
            return await launch_browser(**options)
        except Error as error:
            if project.use.connect_options is None:
                raise
            raise ConfigError(explain(str(error), project.use.connect_options)) from None

    return launch
