"""The fixtures of `_two_way` beside pytest-playwright-asyncio, awaited.

What it does is imported when it is set up, as in `_fixtures`.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

import pytest

if TYPE_CHECKING:
    from typing import Any

    from inboxwright.callbacks import AsyncCallbacks, CallbackHub
    from inboxwright.config import Project
    from inboxwright.inbox import AsyncInbox, Provider
    from inboxwright.polling import AsyncPoll

NewAsyncPoll: TypeAlias = "Callable[..., AsyncPoll[Any]]"
"""Takes what `inboxwright.async_poll` takes."""


@pytest.fixture
def poll(request: pytest.FixtureRequest, project: Project) -> NewAsyncPoll:
    """Asks until the answer is as wanted: `await poll(status).to_equal("sent")`."""
    from inboxwright.plugin._test_record import record_of
    from inboxwright.polling import async_poll

    return partial(async_poll, timeout=project.expect.timeout, keep=record_of(request.node).polls.append)


@pytest.fixture(scope="session")
def callback_hub(pytestconfig: pytest.Config) -> Iterator[CallbackHub]:
    """This process's ear at the run's receiver of callbacks, or a receiver where no application was told of one."""
    from inboxwright.callbacks import CallbackHub
    from inboxwright.plugin._activation import run_of

    with CallbackHub(**(run_of(pytestconfig).shared.callbacks or {})) as hub:
        yield hub


@pytest.fixture
def callbacks(request: pytest.FixtureRequest, callback_hub: CallbackHub, project: Project) -> Iterator[AsyncCallbacks]:
    """The HTTP calls that the application makes: below `callbacks.url`, and to `${CALLBACK_URL}` itself."""
    from inboxwright.callbacks import AsyncCallbacks
    from inboxwright.plugin._test_record import record_of

    callbacks = AsyncCallbacks.listening(callback_hub, timeout=project.inbox.timeout)
    record_of(request.node).callbacks.append(callbacks)
    yield callbacks
    callback_hub.submit(callback_hub.release(callbacks.core.channel)).result()


@pytest.fixture
def watch_inbox(request: pytest.FixtureRequest, provider: Provider) -> Iterator[Callable[[str], Awaitable[AsyncInbox]]]:
    """Makes an inbox for an address that exists already: `await watch_inbox("support@meadow.test")`."""
    from inboxwright.plugin._test_record import record_of

    watched: list[AsyncInbox] = []

    async def watch(address: str) -> AsyncInbox:
        inbox = await provider.watch_async(address)
        record_of(request.node).add_inbox(inbox)
        watched.append(inbox)
        return inbox

    yield watch
    for inbox in watched:
        provider.release(inbox)
