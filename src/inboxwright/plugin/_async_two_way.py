"""The fixture `poll` beside pytest-playwright-asyncio, awaited.

What it does is imported when it is set up, as in `_fixtures`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

import pytest

if TYPE_CHECKING:
    from typing import Any

    from inboxwright.config import Project
    from inboxwright.polling import AsyncPoll

NewAsyncPoll: TypeAlias = "Callable[..., AsyncPoll[Any]]"
"""Takes what `inboxwright.async_poll` takes."""


@pytest.fixture
def poll(request: pytest.FixtureRequest, project: Project) -> NewAsyncPoll:
    """Asks until the answer is as wanted: `await poll(status).to_equal("sent")`."""
    from inboxwright.plugin._test_record import record_of
    from inboxwright.polling import async_poll

    return partial(async_poll, timeout=project.expect.timeout, keep=record_of(request.node).polls.append)
