"""Browsers that run elsewhere, beside pytest-playwright-asyncio."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from playwright.async_api import Browser, Error

from inboxwright.config import Project
from inboxwright.errors import ConfigError
from inboxwright.plugin._remote import connect_options, explain

__all__ = ["connect_options", "launch_browser"]


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
