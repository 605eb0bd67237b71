"""One address's mail as an append-only log, fed by the backend. Lives in the provider's loop."""

import asyncio
import logging
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from inboxwright.inbox._criteria import Criteria
from inboxwright.inbox._senders import SenderPolicy
from inboxwright.mail import MatchPolicy, Message
from inboxwright.mail.urls.tokens import mask_text
from inboxwright.providers.base import Backend, Received

_log = logging.getLogger("inboxwright")


@dataclass(slots=True, kw_only=True)
class Entry:
    """A message in the log, when it came (monotonic seconds), and what became of it."""

    message: Message
    arrived: float
    refused: str | None
    """Why the sender policy keeps it from being returned."""
    claimed: bool = False

    def __str__(self) -> str:
        return f"{self.message.subject!r} from {self.message.sender or 'nobody'}"

    def fits(self, criteria: Criteria) -> bool:
        """Whether nobody claimed it, and it would have been taken here; not if `where` fails on another's mail."""
        try:
            return not self.claimed and self.refused is None and criteria.reject(self.message) is None
        except Exception:  # noqa: BLE001 - whatever the test's own function raises
            return False


class Mailbox:
    """A cursor is an index into the log: the server's own order, with no clock compared."""

    def __init__(
        self,
        address: str,
        backend: Backend,
        *,
        policy: MatchPolicy,
        senders: SenderPolicy,
        siblings: Mapping[str, "Mailbox"],
    ) -> None:
        self.address = address
        self.backend = backend
        self.log: list[Entry] = []
        self.policy = policy
        self._senders = senders
        self._siblings = siblings
        self._known: set[str] = set()
        self._arrival = asyncio.Event()

    def deliver(self, received: Received) -> None:
        """Append a message that is new here and wake whoever waits."""
        if received.id in self._known:
            return
        self._known.add(received.id)
        message = Message.parse(
            received.raw, recipient=received.recipient, received_at=received.received_at, policy=self.policy
        )
        self.log.append(Entry(message=message, arrived=time.monotonic(), refused=self._senders.refuse(message)))
        _log.info("mail %r from %s to %s arrived", mask_text(message.subject), message.sender, self.address)
        arrival, self._arrival = self._arrival, asyncio.Event()
        arrival.set()

    async def cursor(self) -> tuple[int, int | None]:
        """The log's end, once all that the server holds by now is in it, and the server's own position."""
        position = await self.backend.synchronize(self.address)
        return len(self.log), position

    async def entries_after(self, cursor: int) -> Sequence[Entry]:
        """The entries from the cursor on, as soon as there is one. Raises ProviderError where none can come."""
        while len(self.log) <= cursor:
            await self._arrival_or_end()
        return self.log[cursor:]

    async def _arrival_or_end(self) -> None:
        ended = self.backend.ended
        if ended is None:
            await self._arrival.wait()
            return
        if ended.is_set() and self.backend.trouble is not None:
            raise self.backend.trouble
        waits = [asyncio.ensure_future(event.wait()) for event in (self._arrival, ended)]
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()

    def misdelivered(self, criteria: Criteria, *, since: float) -> list[str]:
        """The run's other inboxes that got, unclaimed and meanwhile, a message that fits."""
        return [
            sibling.address
            for sibling in self._siblings.values()
            if sibling is not self and any(entry.fits(criteria) for entry in sibling.log if entry.arrived >= since)
        ]
