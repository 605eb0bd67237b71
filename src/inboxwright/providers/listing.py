"""For mail systems that list and read: one poller an account, shared by all who wait, woken early where it can be."""

import asyncio
import contextlib
import logging
import random
import time
from abc import abstractmethod
from collections.abc import Coroutine, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from inboxwright.errors import AccessDenied, ProviderError, ProviderUnavailable
from inboxwright.providers.base import Backend, Deliver, Received
from inboxwright.retrying import retry_context

PATIENCE = 30.0
"""Seconds that taking a cursor keeps asking a provider that fails; a wait's own timeout usually ends it before."""
_FIRST, _LONGEST, _FACTOR = 0.25, 1.5, 1.5
_LONGEST_PUSHING = 15.0
"""Seconds between looks where the provider pushes: only a safeguard against an event that was lost."""
_SLOW = 1.0
"""Seconds after which an answer that is still outstanding is worth telling whoever waits in vain."""
_AT_ONCE = 8
"""Requests of one kind at the same time."""

_log = logging.getLogger("inboxwright.providers")


def passing(error: Exception) -> bool:
    """Whether trying again may help."""
    return isinstance(error, ProviderError) and not isinstance(error, AccessDenied)


@dataclass(slots=True, kw_only=True)
class Watched:
    """An address that is waited for, and what was read for it."""

    deliver: Deliver
    read: set[str] = field(default_factory=set)
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)


class Interval:
    """Seconds until the next look: 0.25 growing to 1.5, with jitter; longer where the provider pushes."""

    def __init__(self, first: float = _FIRST, factor: float = _FACTOR) -> None:
        self._first = self._next = first
        self._factor = factor
        self.least = 0.0
        """Seconds below which no pause goes: what the service, or its user, asks for."""

    def reset(self) -> None:
        """Something happened: look often again."""
        self._next = self._first

    def next(self, *, pushing: bool) -> float:
        """The pause before the next look."""
        pause = self._next
        self._next = min(pause * self._factor, _LONGEST_PUSHING if pushing else _LONGEST)
        pause = min(pause, _LONGEST_PUSHING if pushing else _LONGEST) * random.uniform(0.9, 1.0)  # noqa: S311 - jitter
        return max(pause, self.least)


class ListingBackend(Backend):
    """A backend that says how to `find` and how to `read`; the rest is here."""

    first_look, growth = _FIRST, _FACTOR
    """Seconds after a cursor until the first look, and how much longer each pause is than the one before.

    Less only where a look costs the other side next to nothing."""

    def __init__(self) -> None:
        self.watched: dict[str, Watched] = {}
        self.pushing = False
        """Whether arrivals are heard at the moment, so that looking is only a safeguard."""
        self._interval = Interval(self.first_look, self.growth)
        self._round: dict[str, asyncio.Future[None]] | None = None
        """The next look, which everybody shares who asks before it begins: by address, done when it is over."""
        self._due: set[str] = set()
        self._wake = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self._slots = asyncio.Semaphore(_AT_ONCE)
        self._readers: set[asyncio.Task[None]] = set()
        self._trouble: ProviderError | None = None
        self._asked: dict[object, float] = {}

    @property
    def trouble(self) -> ProviderError | None:
        """The latest look's failure, or that the provider is taking long to answer."""
        if self._trouble is None and self._asked:
            since = time.monotonic() - min(self._asked.values())
            if since > _SLOW:
                return ProviderUnavailable(f"the provider has not answered for {since:.1f} s; see its log and load")
        return self._trouble

    @trouble.setter
    def trouble(self, error: ProviderError | None) -> None:
        self._trouble = error

    @contextlib.contextmanager
    def _asking(self) -> Iterator[None]:
        question = object()
        self._asked[question] = time.monotonic()
        try:
            yield
        finally:
            del self._asked[question]

    @abstractmethod
    async def find(self, addresses: Sequence[str]) -> Mapping[str, Sequence[str]]:
        """Ids of the messages that may be for each of the addresses, older ones first. Raises a ProviderError."""

    @abstractmethod
    async def read(self, address: str, id: str) -> Received | None:  # noqa: A002 - the field's own word
        """The message, or None if it is not for exactly this address, or is gone. Raises a ProviderError."""

    def start(self, *others: Coroutine[Any, Any, None]) -> None:
        """Begin to look, and run what listens for arrivals beside it."""
        self._tasks = [asyncio.create_task(work) for work in (self._look(), *others)]

    async def close(self) -> None:
        """Stop looking and listening."""
        tasks, self._tasks = [*self._tasks, *self._readers], []
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def watch(self, address: str, deliver: Deliver) -> None:
        """Deliver for the address from the next look on."""
        self.watched[address] = Watched(deliver=deliver)
        self.look_soon(address)

    async def unwatch(self, address: str) -> None:
        """Forget the address."""
        self.watched.pop(address, None)

    def look_soon(self, address: str | None = None) -> None:
        """Look at the address now, or at every one: something came, or may have been missed."""
        self._interval.reset()
        self._due.update([address] if address else self.watched)
        self._wake.set()

    async def synchronize(self, address: str) -> int | None:
        """A look that began after this call is over. Raises ProviderUnavailable, QuotaExceeded or AccessDenied."""
        self._interval.reset()
        retries = retry_context(
            on=passing, attempts=None, timeout=PATIENCE, wait_initial=_FIRST, wait_max=_LONGEST, wait_jitter=0.1
        )
        try:
            async with asyncio.timeout(PATIENCE):
                async for attempt in retries:
                    with attempt:
                        await self._join(address)
        except TimeoutError:
            raise self.trouble or ProviderUnavailable(f"no answer within {PATIENCE:g} s") from None
        return self.position()

    def at_least(self, seconds: float) -> None:
        """From now on leave so long between two looks; taking a cursor still looks at once."""
        self._interval.least = seconds

    def position(self) -> int | None:
        """What a cursor says about the whole account, for `strays`."""
        return None

    async def _join(self, address: str) -> None:
        if self._round is None:
            self._round = {}
        looked = self._round.setdefault(address, asyncio.get_running_loop().create_future())
        self._wake.set()
        await asyncio.shield(looked)

    async def _look(self) -> None:
        while True:
            with contextlib.suppress(TimeoutError):
                pause = self._interval.next(pushing=self.pushing)
                # A server that fails is not asked as often as one that answers can be.
                async with asyncio.timeout(pause if self._trouble is None else max(pause, _FIRST)):
                    await self._wake.wait()
            joined, self._round = self._round or {}, None
            told, self._due = self._due, set()
            woken = self._wake.is_set()
            self._wake.clear()
            due = (self.watched.keys() & told if woken else self.watched.keys()) - joined.keys()
            others = self.choose(list(due))
            if woken and (left := due.difference(others)):
                self._due |= left  # something may have come for them: they are the next round
                self._wake.set()
            errors = await self._look_at([*(self.watched.keys() & joined.keys()), *others])
            for address, looked in joined.items():
                if error := errors.get(address):
                    looked.set_exception(error)
                    looked.exception()  # whoever asked may be gone: its wait may have ended meanwhile
                else:
                    looked.set_result(None)

    def choose(self, due: Sequence[str]) -> Sequence[str]:
        """Those of the addresses, beside the ones that somebody asks for, that are worth a look now."""
        return due

    async def _look_at(self, due: Sequence[str]) -> Mapping[str, ProviderError]:
        if not due:
            return {}
        try:
            with self._asking():
                found = await self.find(due)
        except Exception as error:  # noqa: BLE001 - an answer that nobody foresaw must not end the looking
            self.trouble = _ours(error)
            return dict.fromkeys(due, self.trouble)
        results = await asyncio.gather(*(self.take(*item) for item in found.items()), return_exceptions=True)
        errors = {
            address: _ours(result)
            for address, result in zip(found, results, strict=True)
            if isinstance(result, Exception)
        }
        self.trouble = next(iter(errors.values()), None)
        return errors

    def take_soon(self, address: str, id_: str) -> None:
        """Read what was heard to arrive, and deliver it."""
        task = asyncio.create_task(self._take_heard(address, id_))
        self._readers.add(task)
        task.add_done_callback(self._readers.discard)

    async def _take_heard(self, address: str, id_: str) -> None:
        try:
            await self.take(address, [id_])
        except Exception:  # noqa: BLE001 - the look that follows fails likewise, and says so
            self.look_soon(address)

    async def take(self, address: str, ids: Iterable[str]) -> None:
        """Read what is new to the address, in this order, and deliver it. Raises a ProviderError."""
        watched = self.watched.get(address)
        if watched is None:
            return
        async with watched.lock:
            for id_ in ids:
                if id_ in watched.read:
                    continue
                async with self._slots:
                    with self._asking():
                        received = await self.read(address, id_)
                watched.read.add(id_)
                if received is not None and self.watched.get(address) is watched:
                    self._interval.reset()
                    watched.deliver(received)


async def all_of(works: Iterable[Coroutine[Any, Any, object]]) -> None:
    """Do all of them, some at the same time, whatever becomes of the others. Raises the first failure."""
    slots = asyncio.Semaphore(_AT_ONCE)

    async def one(work: Coroutine[Any, Any, object]) -> None:
        async with slots:
            await work

    for failure in await asyncio.gather(*map(one, works), return_exceptions=True):
        if failure is not None:
            raise failure


def _ours(error: Exception) -> ProviderError:
    if isinstance(error, ProviderError):
        return error
    _log.error("unexpected", exc_info=error)
    return ProviderUnavailable(f"an answer that is not understood: {error!r}")
