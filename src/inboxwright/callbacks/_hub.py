"""A test process's ear at the receiver: one websocket, and a log for each test."""

import asyncio
import contextlib
import itertools
import json
import secrets
import time
from collections.abc import Coroutine, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any, Self, TypeVar

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, WebSocketException

from inboxwright.callbacks._call import Call
from inboxwright.callbacks._receiver import Receiver
from inboxwright.errors import ProviderUnavailable
from inboxwright.loops import LoopThread

T = TypeVar("T")


@dataclass(slots=True, kw_only=True, eq=False)
class Heard:
    """A call in a test's log."""

    call: Call
    at: float
    """Monotonic seconds."""
    claimed: bool = False
    trouble: str | None = None
    """What is wrong with its signature."""


@dataclass(slots=True, kw_only=True, eq=False)
class Channel:
    """One test's calls, and those that every test hears. Lives in the hub's loop."""

    id: str
    log: list[Heard] = field(default_factory=list)
    arrival: asyncio.Event = field(default_factory=asyncio.Event)
    accepted: set[str] = field(default_factory=set)
    """Ids of signed messages that were answered 2xx."""
    lost: ProviderUnavailable | None = None

    def hear(self, call: Call) -> None:
        """Append, and wake whoever waits."""
        self.log.append(Heard(call=call, at=time.monotonic()))
        self.wake()

    def wake(self) -> None:
        """Whoever waits looks again."""
        self.arrival.set()
        self.arrival = asyncio.Event()

    async def more(self) -> None:
        """Until the next call. Raises ProviderUnavailable when the receiver is gone."""
        if self.lost is not None:
            raise self.lost
        await self.arrival.wait()
        if self.lost is not None:
            raise self.lost


class CallbackHub:
    """Connects to the run's receiver; without one it has a receiver of its own. `close` ends both."""

    def __init__(self, url: str | None = None, token: str | None = None) -> None:
        self._own = Receiver() if url is None else None
        self.url = url or self._own.url if self._own else str(url)
        """What the application may have as CALLBACK_URL."""
        self._token = token or (self._own.token if self._own else "")
        self._loop = LoopThread("inboxwright calls", when_closed="the callback receiver is closed")
        self._channels: dict[str, Channel] = {}
        self._asks = itertools.count()
        self._asked: dict[int, asyncio.Future[int]] = {}
        self._socket: ClientConnection | None = None
        self._connecting: asyncio.Task[ClientConnection] | None = None
        self._reading: asyncio.Task[None] | None = None

    def submit(self, coroutine: Coroutine[Any, Any, T]) -> Future[T]:
        """Run it in the hub's loop."""
        return self._loop.submit(coroutine)

    def close(self) -> None:
        """Stop listening; safe to call twice."""
        self._loop.close()
        if self._own is not None:
            self._own.stop()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    async def open(self) -> Channel:
        """A path of its own, for one test."""
        channel = Channel(id=secrets.token_urlsafe(9))
        self._channels[channel.id] = channel
        await self.order("open", channel)
        return channel

    async def release(self, channel: Channel) -> None:
        """The test is over: later calls to its path are shared ones."""
        with contextlib.suppress(ProviderUnavailable):
            await self.order("close", channel)
        self._channels.pop(channel.id, None)

    async def order(self, do: str, channel: Channel, **more: Any) -> int:
        """Have the receiver do something. Returns the number of the last call that came before it was done."""
        websocket = await self._connected()
        ask = next(self._asks)
        answer: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        self._asked[ask] = answer
        try:
            await websocket.send(json.dumps({"do": do, "channel": channel.id, "ask": ask, **more}))
            return await answer
        except ConnectionClosed as error:
            raise _gone(error) from None
        finally:
            self._asked.pop(ask, None)

    async def _connected(self) -> ClientConnection:
        if self._connecting is None:
            self._connecting = asyncio.ensure_future(self._connect())
        return await asyncio.shield(self._connecting)

    async def _connect(self) -> ClientConnection:
        address = f"ws{self.url.removeprefix('http').removesuffix('/calls')}/listen"
        try:
            websocket = await connect(
                address,
                additional_headers={"Authorization": f"Bearer {self._token}"},
                max_size=None,
                compression=None,
                proxy=None,
            )
        except (OSError, WebSocketException) as error:
            self._connecting = None
            raise _gone(error) from None
        self._reading = asyncio.ensure_future(self._read(websocket))
        return websocket

    async def _read(self, websocket: ClientConnection) -> None:
        try:
            async for text in websocket:
                self._take(json.loads(text))
        except ConnectionClosed:
            pass
        gone = _gone("it hung up")
        for answer in self._asked.values():
            if not answer.done():
                answer.set_exception(gone)
        for channel in self._channels.values():
            channel.lost = gone
            channel.wake()

    def _take(self, told: Mapping[str, Any]) -> None:
        if "done" in told:
            answer = self._asked.get(told["done"])
            if answer is not None and not answer.done():
                answer.set_result(told["at"])
            return
        call = Call.of_json(told["call"])
        for channel in list(self._channels.values()):
            if told["channel"] in {"", channel.id}:
                channel.hear(call)


def _gone(why: object) -> ProviderUnavailable:
    return ProviderUnavailable(f"the receiver of callbacks is gone: {why}; it ends with the run that started it")
