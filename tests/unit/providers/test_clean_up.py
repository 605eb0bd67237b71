"""The end of a run may take ten seconds, however many inboxes it had: they are not deleted one after the other."""

import asyncio

from inboxwright.config import MailslurpOptions
from inboxwright.providers.mailslurp import MailslurpBackend

_INBOXES = 40


class Slow:
    """A service that answers nothing before several have asked."""

    def __init__(self) -> None:
        self.deleted: list[str] = []
        self._several = asyncio.Event()

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        self.deleted.append(head.split()[1].decode())
        if len(self.deleted) > 1:
            self._several.set()
        await self._several.wait()
        writer.write(b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n")
        writer.close()


def test_inboxes_are_deleted_several_at_a_time() -> None:
    async def scenario() -> list[str]:
        service = Slow()
        async with await asyncio.start_server(service.answer, "127.0.0.1", 0) as server:
            backend = MailslurpBackend(
                MailslurpOptions(key="k", url=f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}")
            )
            backend._inboxes = {f"{number}@inbox.test": f"id-{number}" for number in range(_INBOXES)}
            async with asyncio.timeout(10):
                await backend.delete(list(backend._inboxes))
            await backend.close()
        return service.deleted

    assert sorted(asyncio.run(scenario())) == sorted(f"/inboxes/id-{number}" for number in range(_INBOXES))
