"""Server-sent events from a real socket, when the subscription must be made anew at an unlucky moment."""

import asyncio
import itertools
from collections.abc import Mapping
from typing import Any

from inboxwright.providers._http import HttpAccount
from inboxwright.providers._sse import Subscription

_STREAM = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"


def test_a_renewal_while_a_connection_is_being_made_is_not_the_end() -> None:
    numbers, asked, heard = itertools.count(1), asyncio.Event(), asyncio.Queue[Mapping[str, Any]]()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        asked.set()
        if next(numbers) > 1:  # the first one is never answered
            writer.write(_STREAM + b'data: {"emailId": "1"}\n\n')
        await reader.read()
        writer.close()

    async def main() -> Mapping[str, Any]:
        async with await asyncio.start_server(answer, "127.0.0.1", 0) as server:
            url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
            account = HttpAccount(name="a gateway", url=url)
            subscription = Subscription(account, heard=heard.put, state=lambda live, missed: None)
            running = asyncio.create_task(subscription.run())
            subscription.add("inbox")
            await asked.wait()
            subscription.renew()
            try:
                async with asyncio.timeout(10):
                    return await heard.get()
            finally:
                running.cancel()
                await subscription.close()
                await account.close()

    assert asyncio.run(main()) == {"emailId": "1"}
