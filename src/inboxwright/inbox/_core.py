"""What both faces of an inbox share: defaults, history, and the way into the provider's loop."""

import math
import sys
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any

from inboxwright.errors import ProviderError
from inboxwright.inbox._criteria import Criteria
from inboxwright.inbox._mailbox import Entry, Mailbox
from inboxwright.inbox._wait import Wait
from inboxwright.inbox.faults import Faults
from inboxwright.mail import Message

_OWN = f"{__name__.partition('.')[0]}."


@dataclass(slots=True, kw_only=True)
class InboxCore:
    """One inbox, without the choice between sync and async."""

    mailbox: Mailbox
    timeout: float
    """Milliseconds, where a wait names none."""
    birth: int | None
    """The server's position when the address was minted."""
    submit: Callable[[Coroutine[Any, Any, Any]], "Future[Any]"]
    start: int = 0
    """Where in the log this inbox begins: an address that several tests use has a past that is none of theirs."""
    asked: list[Wait] = field(default_factory=list)
    """Every wait that was written down, begun or not."""

    def wait(
        self, criteria: Criteria, *, timeout: float | None = None, count: int = 1, silent: bool = False, **options: Any
    ) -> Wait:
        """A wait from the inbox's start; `begin` moves its cursor to now. Raises ValueError for a count below 1."""
        if count < 1:
            raise ValueError(f"count={count} would assert nothing; for silence write expect_no_message(within=…)")
        limit = self.timeout if timeout is None else timeout
        wait = Wait(
            mailbox=self.mailbox,
            criteria=criteria,
            timeout=limit if limit or silent else math.inf,  # 0 is no limit, as in Playwright
            count=count,
            silent=silent,
            position=self.birth,
            cursor=self.start,
            journey=_caller(),
            **options,
        )
        self.asked.append(wait)
        return wait

    @property
    def unentered(self) -> list[Wait]:
        """Expectations that were written without `with`: they assert nothing."""
        return [wait for wait in self.asked if not wait.started]

    @property
    def entries(self) -> list[Entry]:
        """All that arrived since the inbox's start, mail that the sender policy refuses included."""
        return self.mailbox.log[self.start :]

    @property
    def trouble(self) -> ProviderError | None:
        """What is wrong with the provider right now, as far as it is known without asking."""
        return self.mailbox.backend.trouble

    async def messages(self) -> list[Message]:
        """All that the server holds for the address by now and that the sender policy lets through."""
        await self.mailbox.cursor()
        return [entry.message for entry in self.entries if entry.refused is None]

    @property
    def unclaimed(self) -> list[Entry]:
        """Messages that no expectation claimed."""
        return [entry for entry in self.entries if not entry.claimed]

    @property
    def faults(self) -> Faults:
        """Blocks its thread for a round trip to the embedded server at each call."""
        backend = self.mailbox.backend

        def call(method: str, path: str, body: dict[str, Any] | None) -> Any:
            return self.submit(backend.call(method, path, body)).result()

        return Faults(call, self.mailbox.address)


def _caller() -> str:
    """The function that asked, a flow most often: by it people tell journeys apart."""
    frame = sys._getframe(2)
    while frame.f_back is not None and frame.f_globals.get("__name__", "").startswith(_OWN):
        frame = frame.f_back
    return frame.f_code.co_name
