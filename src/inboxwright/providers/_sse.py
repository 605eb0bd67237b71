"""Server-sent events for many inboxes on few connections: a new inbox leaves no gap for the others."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

import httpx
from httpx_sse import SSEError, aconnect_sse

from inboxwright.providers._http import HttpAccount, retry_after
from inboxwright.providers.listing import Interval

_INBOXES = 150
"""In one connection: their names stand in its URL, and Node.js reads 16 kB of request head."""
_TIMEOUT = httpx.Timeout(75.0, connect=5.0)
"""Seconds. The gateway sends a heartbeat every 30."""

Hashes = tuple[str, ...]


class Subscription:
    """Events of every inbox that was added. A connection that carries one more is there before the old one ends."""

    def __init__(
        self,
        account: HttpAccount,
        *,
        heard: Callable[[Mapping[str, Any]], Awaitable[None]],
        state: Callable[[bool, Sequence[str]], None],
    ) -> None:
        """`state` is told whether all inboxes are heard now, and which of them may have missed something."""
        self._account = account
        self._heard = heard
        self._state = state
        self._wanted: dict[str, None] = {}
        self._streams: dict[Hashes, asyncio.Task[None]] = {}
        self._tried: dict[Hashes, asyncio.Event] = {}
        self._live: set[Hashes] = set()
        self._changed = asyncio.Event()
        self._readers: set[asyncio.Task[None]] = set()

    def add(self, inbox: str) -> None:
        """Listen to this inbox too."""
        self._wanted[inbox] = None
        self._changed.set()

    def remove(self, inbox: str) -> None:
        """Listen to it no longer."""
        self._wanted.pop(inbox, None)
        self._changed.set()

    def renew(self) -> None:
        """Connect anew: the gateway knows only the inboxes that were there when a connection began."""
        for chunk, task in self._streams.items():
            task.cancel()
            self._tried[chunk].set()  # `run` may be waiting for it
        self._streams.clear()
        self._live.clear()
        self._changed.set()

    async def run(self) -> None:
        """Keep the connections as they must be, forever."""
        while True:
            await self._changed.wait()
            self._changed.clear()
            hashes = list(self._wanted)
            chunks = [tuple(hashes[at : at + _INBOXES]) for at in range(0, len(hashes), _INBOXES)]
            known = {inbox for chunk in self._streams for inbox in chunk}
            for chunk in chunks:
                if chunk not in self._streams:
                    self._tried[chunk] = asyncio.Event()
                    self._streams[chunk] = asyncio.create_task(self._stream(chunk, known))
                    self._tell(())
            await asyncio.gather(*(self._tried[chunk].wait() for chunk in chunks))
            for chunk in [chunk for chunk in self._streams if chunk not in chunks]:
                self._streams.pop(chunk).cancel()
                self._live.discard(chunk)
                del self._tried[chunk]

    def _tell(self, missed: Sequence[str]) -> None:
        self._state(self._live.issuperset(self._streams), missed)

    async def close(self) -> None:
        """Hang up."""
        tasks = [*self._streams.values(), *self._readers]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _stream(self, chunk: Hashes, known: set[str]) -> None:
        interval = Interval()
        missed = [inbox for inbox in chunk if inbox not in known]
        headers = {**self._account.headers, "Accept": "text/event-stream"}
        async with httpx.AsyncClient(base_url=self._account.url, timeout=_TIMEOUT, trust_env=False) as client:
            while True:
                await self._account.pause.wait()
                try:
                    query = {"inboxes": ",".join(chunk)}
                    async with aconnect_sse(client, "GET", "/api/events", params=query, headers=headers) as events:
                        self._account.pause.extend(retry_after(events.response.headers))
                        events.response.raise_for_status()
                        interval.reset()
                        self._live.add(chunk)
                        self._tell(missed)
                        self._tried[chunk].set()
                        async for event in events.aiter_sse():
                            self._hand_on(event.data)
                except (httpx.HTTPError, SSEError, ValueError):
                    pass  # the next look says whether the gateway is there at all
                if chunk in self._live:
                    self._live.remove(chunk)
                    missed = list(chunk)
                    self._tell(missed)
                self._tried[chunk].set()  # one that fails must not keep the others from being tidied
                await asyncio.sleep(interval.next(pushing=False))

    def _hand_on(self, data: str) -> None:
        event = json.loads(data)
        task = asyncio.create_task(self._hear(event))
        self._readers.add(task)
        task.add_done_callback(self._readers.discard)

    async def _hear(self, event: Mapping[str, Any]) -> None:
        await self._heard(event)
