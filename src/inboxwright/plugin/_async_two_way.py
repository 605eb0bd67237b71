"""The fixture `poll` beside pytest-playwright-asyncio, awaited."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from inboxwright.config import Project
from inboxwright.plugin._test_record import record_of
from inboxwright.polling import AsyncPoll, async_poll

NewAsyncPoll = Callable[..., AsyncPoll[Any]]
"""Takes what `inboxwright.async_poll` takes."""


@pytest.fixture
def poll(request: pytest.FixtureRequest, project: Project) -> NewAsyncPoll:
    """Asks until the answer is as wanted: `await poll(status).to_equal("sent")`."""
    return partial(async_poll, timeout=project.expect.timeout, keep=record_of(request.node).polls.append)
