"""One watch connection: a slow client loses nothing, and holds no memory."""

import asyncio
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from starlette.websockets import WebSocket

from inboxwright.server import watch
from inboxwright.server.deliveries import Parcel
from inboxwright.server.hub import Hub, Refusal
from inboxwright.server.schema import Sync
from inboxwright.server.store import Store
from inboxwright.server.watch import Connection
from tests.unit.server.loops import run


class SlowSocket(WebSocket):
    """Takes a frame only when it is told to."""

    def __init__(self) -> None:
        self.requests: asyncio.Queue[str] = asyncio.Queue()
        self.frames: list[Any] = []
        self.allowed = asyncio.Semaphore(0)

    async def receive_text(self) -> str:
        return await self.requests.get()

    async def send_text(self, data: str) -> None:
        await self.allowed.acquire()
        self.frames.append(json.loads(data))

    async def send_bytes(self, data: bytes) -> None:
        await self.allowed.acquire()
        self.frames.append(json.loads(data.partition(b"\n")[0]))


async def _put(store: Store, to: str, size: int = 10) -> None:
    now = datetime.now(UTC)
    await store.put([Parcel(sender="", recipients=(to,), raw=b"x" * size, received_at=now)])


def test_slow_client_catches_up_from_the_store(tmp_path: Path) -> None:
    async def scenario() -> None:
        store, hub = Store(tmp_path / "mail.sqlite3", sync=Sync.OFF), Hub()
        store.publish = hub.publish
        slow = SlowSocket()
        connection = Connection(slow, store, hub)
        task = asyncio.create_task(connection.run())
        await slow.requests.put(json.dumps({"watch": "a@inbox.test", "after": 0}))
        await slow.requests.put(json.dumps({"sync": 1}))
        slow.allowed.release()
        await _until(lambda: bool(slow.frames))
        for _ in range(30):
            await _put(store, "a@inbox.test", watch._BACKLOG // 8)
            await _put(store, "b@inbox.test")

        queued = connection._queued
        await slow.requests.put(json.dumps({"sync": 2}))
        for _ in range(31):
            slow.allowed.release()
        await _until(lambda: len(slow.frames) == 32)
        task.cancel()
        await store.close()

        assert queued <= watch._BACKLOG * 1.2
        assert [frame.get("seq") for frame in slow.frames[1:-1]] == list(range(1, 61, 2))
        assert slow.frames[-1] == {"synced": 2, "seq": 60}

    run(scenario())


def test_refusal_reaches_its_waiters_only(tmp_path: Path) -> None:
    async def scenario() -> None:
        store, hub = Store(tmp_path / "mail.sqlite3", sync=Sync.OFF), Hub()
        sockets = [SlowSocket(), SlowSocket()]
        tasks = []
        for socket, address in zip(sockets, ("a@inbox.test", "b@inbox.test"), strict=True):
            tasks.append(asyncio.create_task(Connection(socket, store, hub).run()))
            await socket.requests.put(json.dumps({"watch": address}))
            await socket.requests.put(json.dumps({"sync": 1}))
            socket.allowed.release()
            socket.allowed.release()
        await _until(lambda: all(socket.frames for socket in sockets))

        hub.refuse(Refusal(recipient="a@inbox.test", code=452, reason="full"))
        await _until(lambda: len(sockets[0].frames) == 2)
        for task in tasks:
            task.cancel()
        await store.close()

        assert sockets[0].frames[1] == {"refused": {"recipient": "a@inbox.test", "code": 452, "reason": "full"}}
        assert len(sockets[1].frames) == 1

    run(scenario())


def test_gone_client_is_forgotten(tmp_path: Path) -> None:
    async def scenario() -> None:
        store, hub = Store(tmp_path / "mail.sqlite3", sync=Sync.OFF), Hub()
        socket = SlowSocket()
        task = asyncio.create_task(Connection(socket, store, hub).run())
        await socket.requests.put(json.dumps({"watch": "a@inbox.test"}))
        await _until(lambda: bool(hub._watchers))

        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await store.close()

        assert hub._watchers == {}

    run(scenario())


async def _until(condition: Any) -> None:
    async with asyncio.timeout(10):
        while not condition():  # noqa: ASYNC110 - what is waited for knows no event
            await asyncio.sleep(0.001)
