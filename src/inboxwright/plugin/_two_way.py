"""Fixtures beside pytest-playwright for what an application does besides mailing: values that lag, callbacks.

What it does is imported when it is set up, as in `_fixtures`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

import pytest

if TYPE_CHECKING:
    from typing import Any

    from inboxwright.callbacks import CallbackHub, Callbacks
    from inboxwright.config import Project
    from inboxwright.inbox import Inbox, Provider
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


@pytest.fixture(scope="session")
def callback_hub(pytestconfig: pytest.Config) -> Iterator[CallbackHub]:
    """This process's ear at the run's receiver of callbacks, or a receiver where no application was told of one."""
    from inboxwright.callbacks import CallbackHub
    from inboxwright.plugin._activation import run_of

    with CallbackHub(**(run_of(pytestconfig).shared.callbacks or {})) as hub:
        yield hub


@pytest.fixture
def callbacks(
    request: pytest.FixtureRequest, callback_hub: CallbackHub, project: Project, waiter: Waiter
) -> Iterator[Callbacks]:
    """The HTTP calls that the application makes: below `callbacks.url`, and to `${CALLBACK_URL}` itself."""
    from inboxwright.callbacks import Callbacks
    from inboxwright.plugin._test_record import record_of

    callbacks = Callbacks.open(callback_hub, timeout=project.inbox.timeout, wait=waiter)
    record_of(request.node).callbacks.append(callbacks)
    yield callbacks
    callbacks.release()


@pytest.fixture
def watch_inbox(request: pytest.FixtureRequest, provider: Provider, waiter: Waiter) -> Iterator[Callable[[str], Inbox]]:
    """Makes an inbox for an address that exists already, `watch_inbox("support@meadow.test")`: mail from now on."""
    from inboxwright.plugin._test_record import record_of

    watched: list[Inbox] = []

    def watch(address: str) -> Inbox:
        inbox = provider.watch(address, wait=waiter)
        record_of(request.node).add_inbox(inbox)
        watched.append(inbox)
        return inbox

    yield watch
    for inbox in watched:
        provider.release(inbox)
