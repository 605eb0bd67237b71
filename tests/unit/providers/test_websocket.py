"""Listening at a real websocket that ends, refuses and comes back."""

import asyncio
from collections.abc import Callable
from http import HTTPStatus

from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.http11 import Request, Response

from inboxwright.providers._http import HttpAccount
from inboxwright.providers._websocket import listen, websocket_url


class Ear:
    """What the listener told."""

    def __init__(self) -> None:
        self.told: asyncio.Queue[str | bool] = asyncio.Queue()
        self.heard: Callable[[str], None] = self.told.put_nowait
        self.connected: Callable[[bool], None] = self.told.put_nowait

    async def next(self, count: int) -> list[str | bool]:
        """The next things told, within ten seconds."""
        async with asyncio.timeout(10):
            return [await self.told.get() for _ in range(count)]


async def _told(server: Server, count: int, ear: Ear | None = None) -> list[str | bool]:
    url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    ear = ear or Ear()
    async with HttpAccount(name="a server", url=url) as account:
        listening = asyncio.create_task(
            listen(websocket_url(url, "/"), account=account, heard=ear.heard, connected=ear.connected)
        )
        try:
            return await ear.next(count)
        finally:
            listening.cancel()
            await asyncio.gather(listening, return_exceptions=True)


async def _one_frame(connection: ServerConnection) -> None:
    await connection.send("mail")


def test_after_the_end_of_a_connection_it_listens_again() -> None:
    async def main() -> list[str | bool]:
        async with serve(_one_frame, "127.0.0.1", 0) as server:
            return await _told(server, 6)

    assert asyncio.run(main()) == [True, "mail", False, True, "mail", False]


def test_a_frame_that_is_not_understood_does_not_end_the_listening() -> None:
    def misunderstand(frame: str) -> None:
        ear.told.put_nowait(frame)
        raise KeyError(frame)

    async def main() -> list[str | bool]:
        async with serve(_one_frame, "127.0.0.1", 0) as server:
            return await _told(server, 6, ear)

    ear = Ear()
    ear.heard = misunderstand

    assert asyncio.run(main()) == [True, "mail", False, True, "mail", False]


def test_after_a_refusal_it_listens_again() -> None:
    refusals = iter([True])

    def refuse(connection: ServerConnection, request: Request) -> Response | None:
        del request
        return connection.respond(HTTPStatus.SERVICE_UNAVAILABLE, "later") if next(refusals, False) else None

    async def main() -> list[str | bool]:
        async with serve(_one_frame, "127.0.0.1", 0, process_request=refuse) as server:
            return await _told(server, 3)

    assert asyncio.run(main()) == [False, True, "mail"]
