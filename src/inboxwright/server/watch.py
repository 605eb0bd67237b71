"""`WS /v1/watch`: one connection a client process carries all its waits."""

import asyncio
import json
import sqlite3
from collections import deque
from typing import Any

from starlette.websockets import WebSocket, WebSocketDisconnect

from inboxwright.address import normal
from inboxwright.server import strict_json
from inboxwright.server.deliveries import Delivery
from inboxwright.server.hub import Hub, Refusal
from inboxwright.server.store import LARGEST, Store

_BACKLOG = 16 * 1024 * 1024
"""Bytes queued for one slow client; beyond it the client catches up from the store instead."""


class Connection:
    """One client. What it has been sent is known per address, so nothing is sent twice and nothing is left out."""

    def __init__(self, socket: WebSocket, store: Store, hub: Hub) -> None:
        self._socket = socket
        self._store = store
        self._hub = hub
        self._sent: dict[str, int] = {}
        """The highest seq that was sent or queued, per watched address."""
        self._behind: set[str] = set()
        """Addresses whose messages must be read from the store."""
        self._queue: deque[Delivery | str] = deque()
        self._queued = 0
        self._syncs: list[str] = []
        """Answers that wait until no address is behind."""
        self._work = asyncio.Event()

    # -- told by the hub ----------------------------------------------------------------------------------------------

    def arrived(self, delivery: Delivery) -> None:
        """Queue it, unless the store has to be read for its address anyway."""
        address = delivery.recipient
        if address in self._behind or delivery.seq <= self._sent.get(address, 0):
            return
        if self._queued > _BACKLOG:
            self._behind.add(address)
        else:
            self._sent[address] = delivery.seq
            self._queued += delivery.size
            self._queue.append(delivery)
        self._work.set()

    def refused(self, refusal: Refusal) -> None:
        """Queue the news; it holds no message."""
        told = {"recipient": refusal.recipient, "code": refusal.code, "reason": refusal.reason}
        self._queue.append(json.dumps({"refused": told}))
        self._work.set()

    # -- the connection's two tasks -----------------------------------------------------------------------------------

    async def run(self) -> None:
        """Serve until the client leaves."""
        sender = asyncio.create_task(self._send_all())
        try:
            while True:
                self._obey(await self._socket.receive_text())
        except (WebSocketDisconnect, RuntimeError):
            pass
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            await self._socket.close(1007, f"not a request of this protocol: {error}"[:120])
        finally:
            sender.cancel()
            for address in self._sent:
                self._hub.remove(address, self)

    def _obey(self, text: str) -> None:
        request: dict[str, Any] = strict_json.loads(text)
        if "watch" in request:
            address = normal(request["watch"])
            self._sent[address] = _seq(request.get("after"))
            self._hub.add(address, self)
            self._behind.add(address)
        elif "unwatch" in request:
            address = normal(request["unwatch"])
            self._hub.remove(address, self)
            self._sent.pop(address, None)
            self._behind.discard(address)
        else:
            self._syncs.append(json.dumps({"synced": request["sync"], "seq": self._store.head}))
        self._work.set()

    def _catch_up(self) -> None:
        """Queue what the store has for the addresses that are behind.

        Store and hub are read in the loop's thread, so nothing can be published between the last read and the moment
        the address is live.
        """
        for address in list(self._behind):
            while self._queued <= _BACKLOG:
                found = self._store.after(address, self._sent[address])
                for delivery in found:
                    self._sent[address] = delivery.seq
                    self._queued += delivery.size
                    self._queue.append(delivery)
                if not found:
                    self._behind.discard(address)
                    break
        if not self._behind:
            self._queue.extend(self._syncs)
            self._syncs.clear()

    async def _send_all(self) -> None:
        try:
            await self._send_for_ever()
        except (WebSocketDisconnect, RuntimeError):
            pass  # `run` hears that the client left
        except (sqlite3.Error, OverflowError) as error:
            await self._socket.close(1011, f"the store cannot be read: {error}"[:120])  # it will come back

    async def _send_for_ever(self) -> None:
        while True:
            await self._work.wait()
            self._work.clear()
            self._catch_up()
            while self._queue:
                item = self._queue.popleft()
                if isinstance(item, str):
                    await self._socket.send_text(item)
                    continue
                self._queued -= item.size
                await self._socket.send_bytes(frame(item))
                if not self._queue:
                    self._catch_up()


def _seq(given: Any) -> int:
    if given is None:
        return 0
    if type(given) is not int or not 0 <= given < LARGEST:
        raise ValueError("after is a seq, a whole number from 0")
    return given


def frame(delivery: Delivery) -> bytes:
    """A JSON header line, then the raw message."""
    header = {
        "seq": delivery.seq,
        "id": delivery.id,
        "recipient": delivery.recipient,
        "sender": delivery.sender,
        "received_at": delivery.received_at.isoformat(),
    }
    if delivery.said:
        header["said"] = dict(delivery.said)
    return json.dumps(header).encode() + b"\n" + delivery.raw
