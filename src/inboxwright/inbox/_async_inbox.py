"""An inbox for asyncio, beside Playwright's async API: the same core, awaited."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, TypeVar

from inboxwright.expectation import AsyncExpectation
from inboxwright.inbox._core import InboxCore
from inboxwright.inbox._criteria import Criteria, Text, Where
from inboxwright.inbox._wait import Wait
from inboxwright.inbox.faults import Faults
from inboxwright.mail import Message

T = TypeVar("T")


class AsyncInbox:
    """One fresh address and all that arrives at it: `Inbox`, method for method, with `async with` and `await`."""

    def __init__(self, core: InboxCore) -> None:
        self.core = core
        """For the plugin's reports; not for tests."""

    @property
    def address(self) -> str:
        """Where the application is to send: an RFC 5321 address of this inbox alone."""
        return self.core.mailbox.address

    @property
    def faults(self) -> Faults:
        """Break the mail of this address on purpose; with the embedded provider only, ConfigError elsewhere."""
        return self.core.faults

    async def messages(self) -> list[Message]:
        """All that has arrived by now, oldest first, from senders that the project allows. Raises ProviderError."""
        return await self._run(self.core.messages())

    def expect_message(
        self,
        *,
        subject: Text | None = None,
        sender: Text | None = None,
        where: Where | None = None,
        timeout: float | None = None,
        settle: float = 0,
    ) -> AsyncExpectation[Message]:
        """As `Inbox.expect_message`: `async with inbox.expect_message(…) as mail: …`, then `await mail.value`."""
        criteria = Criteria(subject=subject, sender=sender, where=where)
        wait = self.core.wait(criteria, timeout=timeout, settle=settle, exact=settle > 0)

        async def finish() -> Message:
            return (await self._run(wait.messages()))[0]

        return self._expectation(wait, finish)

    def expect_messages(
        self,
        *,
        count: int,
        subject: Text | None = None,
        sender: Text | None = None,
        where: Where | None = None,
        timeout: float | None = None,
        settle: float = 0,
    ) -> AsyncExpectation[list[Message]]:
        """As `Inbox.expect_messages`."""
        criteria = Criteria(subject=subject, sender=sender, where=where)
        wait = self.core.wait(criteria, timeout=timeout, settle=settle, count=count, exact=True)
        return self._expectation(wait, lambda: self._run(wait.messages()))

    def expect_no_message(
        self,
        *,
        within: float = 2000,
        subject: Text | None = None,
        sender: Text | None = None,
        where: Where | None = None,
    ) -> AsyncExpectation[None]:
        """As `Inbox.expect_no_message`."""
        wait = self.core.wait(Criteria(subject=subject, sender=sender, where=where), timeout=within, silent=True)
        return self._expectation(wait, lambda: self._run(wait.silence()))

    async def wait_for_message(
        self,
        *,
        subject: Text | None = None,
        sender: Text | None = None,
        where: Where | None = None,
        timeout: float | None = None,
        settle: float = 0,
    ) -> Message:
        """As `Inbox.wait_for_message`."""
        criteria = Criteria(subject=subject, sender=sender, where=where)
        wait = self.core.wait(criteria, timeout=timeout, settle=settle, exact=settle > 0)
        return (await self._run(wait.messages()))[0]

    def _expectation(self, wait: Wait, finish: Callable[[], Awaitable[T]]) -> AsyncExpectation[T]:
        return AsyncExpectation(begin=lambda: self._run(wait.begin()), finish=finish)

    async def _run(self, coroutine: Coroutine[Any, Any, T]) -> T:
        return await asyncio.wrap_future(self.core.submit(coroutine))

    def __repr__(self) -> str:
        return f"AsyncInbox({self.address!r})"
