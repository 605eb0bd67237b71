"""The fixture `poll` beside pytest-playwright: values that lag, while the browser goes on."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from inboxwright.config import Project
from inboxwright.plugin._test_record import record_of
from inboxwright.polling import Poll
from inboxwright.polling import poll as ask
from inboxwright.waiting import Waiter

NewPoll = Callable[..., Poll[Any]]
"""Takes what `inboxwright.poll` takes."""


@pytest.fixture
def poll(request: pytest.FixtureRequest, project: Project, waiter: Waiter) -> NewPoll:
    """Asks until the answer is as wanted: `poll(lambda: proxy.status(id)).to_equal("sent")`."""
    return partial(ask, wait=waiter, timeout=project.expect.timeout, keep=record_of(request.node).polls.append)
