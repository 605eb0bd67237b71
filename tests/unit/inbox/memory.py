"""A mail system in memory: a Backend like any other, so that the waiting is tested and nothing else."""

import asyncio
import itertools
from collections.abc import Coroutine, Sequence
from concurrent.futures import Future
from email.message import EmailMessage
from typing import Any, TypeVar

from inboxwright.address import Addresses
from inboxwright.errors import ProviderError
from inboxwright.inbox import Provider
from inboxwright.inbox._senders import SenderPolicy
from inboxwright.mail import MatchPolicy
from inboxwright.providers.base import Backend, Deliver, Received

T = TypeVar("T")


def mail(subject: str = "Hello", sender: str = "app@example.org", text: str = "Hello.") -> bytes:
    message = EmailMessage()
    message["Subject"], message["From"] = subject, sender
    message.set_content(text)
    return message.as_bytes()


class MemoryBackend(Backend):
    def __init__(self) -> None:
        self.watched: dict[str, Deliver] = {}
        self.stored: list[Received] = []
        self.deleted: list[str] = []
        self.refused: list[str] = []
        self.lost: ProviderError | None = None
        self.deaf: ProviderError | None = None
        self.slow = 0.0
        """Seconds that `synchronize` takes."""
        self.full: list[ProviderError] = []
        """What the next attempts to create an inbox are refused with."""
        self._numbers = itertools.count(1)

    async def open(self) -> None: ...

    async def close(self) -> None: ...

    async def create(self, address: str) -> str:
        if self.full:
            raise self.full.pop(0)
        return address

    async def watch(self, address: str, deliver: Deliver) -> None:
        self.watched[address] = deliver

    async def unwatch(self, address: str) -> None:
        del self.watched[address]

    async def synchronize(self, address: str) -> int:
        if self.deaf is not None:
            raise self.deaf
        await asyncio.sleep(self.slow)
        for received in self.stored:
            if received.recipient == address:
                self.watched[address](received)
        return len(self.stored)

    async def delete(self, addresses: Sequence[str]) -> None:
        self.deleted += addresses

    async def strays(self, after: int | None) -> Sequence[str]:
        if self.lost is not None:
            raise self.lost
        return [received.recipient for received in self.stored[after or 0 :]]

    def refusals(self, address: str) -> Sequence[str]:
        return self.refused

    def store(self, address: str, raw: bytes, *, number: str | None = None) -> Received:
        """Keep it without telling anyone: only `synchronize` brings it."""
        received = Received(id=number or str(next(self._numbers)), raw=raw, recipient=address)
        self.stored.append(received)
        return received

    async def arrive(self, address: str, raw: bytes, *, number: str | None = None) -> None:
        """Keep it and push it, in the provider's own thread."""
        received = self.store(address, raw, number=number)
        if address in self.watched:
            self.watched[address](received)


class MemoryProvider(Provider):
    """A provider of memory, and the sender to it."""

    def __init__(self, *, senders: SenderPolicy | None = None, timeout: float = 1000) -> None:
        self.backend = MemoryBackend()
        super().__init__(
            self.backend,
            addresses=Addresses(),
            policy=MatchPolicy(),
            senders=senders or SenderPolicy(),
            timeout=timeout,
            cleanup=True,
        )

    def in_its_thread(self, coroutine: Coroutine[Any, Any, T]) -> "Future[T]":
        """Run it where mail is received and waited for."""
        return self._submit(coroutine)

    def send(self, address: str, raw: bytes, *, number: str | None = None) -> None:
        """Push a mail and return once the inbox has it."""
        self.in_its_thread(self.backend.arrive(address, raw, number=number)).result()
