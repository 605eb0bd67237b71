"""The fixture `poll` beside pytest-playwright: values that lag, while the browser goes on.

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
    from inboxwright.polling import Poll
    from inboxwright.waiting import Waiter

NewPoll: TypeAlias = "Callable[..., Poll[Any]]"
"""Takes what `inboxwright.poll` takes."""


@pytest.fixture
def poll(request: pytest.FixtureRequest, project: Project, waiter: Waiter) -> NewPoll:
    """Asks until the answer is as wanted: `poll(lambda: proxy.status(id)).to_equal("sent")`."""
    from inboxwright.plugin._test_record import record_of
    from inboxwright.polling import poll as ask

    return partial(ask, wait=waiter, timeout=project.expect.timeout, keep=record_of(request.node).polls.append)
