"""What is going on: the watch connection, a stream of events for the page, and the server itself."""

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from importlib.metadata import version

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.websockets import WebSocket

from inboxwright.server.api.context import Context
from inboxwright.server.api.endpoint import Endpoint, Whole
from inboxwright.server.deliveries import Delivery
from inboxwright.server.watch import Connection

_QUEUE = 1000
"""Events kept for one slow reader; then it is told to read the list again."""


_within = Whole(name="within", about="Milliseconds back from now.", most=24 * 60 * 60 * 1000, default=60_000)


class Live:
    """The endpoints of one server."""

    def __init__(self, context: Context) -> None:
        self._context = context

    async def watch(self, socket: WebSocket) -> None:
        """The client's protocol: see docs/server.md."""
        store = self._context.store
        await socket.accept(headers=[(b"x-inboxwright-store", store.id.encode())])
        await Connection(socket, store, self._context.hub).run()

    async def events(self, request: Request) -> Response:
        """Server-sent events (HTML standard section 9.2)."""
        headers = {"cache-control": "no-store", "x-accel-buffering": "no"}
        return StreamingResponse(self._stream(), media_type="text/event-stream", headers=headers)

    async def _stream(self) -> AsyncIterator[str]:
        queue: asyncio.Queue[tuple[str, Delivery | None]] = asyncio.Queue(_QUEUE)

        def tell(event: str, delivery: Delivery | None) -> None:
            if queue.full():
                while not queue.empty():
                    queue.get_nowait()
                event, delivery = "reload", None
            queue.put_nowait((event, delivery))

        def arrived(delivery: Delivery) -> None:
            tell("message", delivery)

        def deleted() -> None:
            tell("reload", None)

        hub = self._context.hub
        with hub.following(arrived, deleted):
            yield "event: ready\ndata: {}\n\n"
            while True:
                try:
                    async with asyncio.timeout(15):
                        event, delivery = await queue.get()
                except TimeoutError:
                    yield ": still here\n\n"
                    continue
                value = {} if delivery is None else await self._context.reading.summary(delivery)
                yield f"event: {event}\ndata: {json.dumps(value)}\n\n"

    async def info(self, request: Request) -> Response:
        """Version, addresses, limits, totals."""
        messages, deliveries, size = self._context.store.totals()
        options = self._context.options
        return JSONResponse(
            {
                "version": version("inboxwright"),
                "store": self._context.store.id,
                "smtp": list(self._context.smtp),
                "head": self._context.store.head,
                "messages": messages,
                "deliveries": deliveries,
                "bytes": size,
                "max_message_size": options.max_message_size,
                "max_storage": options.max_storage,
                "retention": options.retention,
            }
        )

    async def dialogues(self, request: Request) -> Response:
        """What clients said over SMTP of late, and what they were answered."""
        return JSONResponse({"dialogues": self._context.dialogues.within(_within.read(request) / 1000)})

    async def healthy(self, request: Request) -> Response:
        """It answers, so it lives."""
        return JSONResponse({"status": "ok"})

    def endpoints(self) -> Sequence[Endpoint]:
        """The table of them."""
        tag = "server"
        return (
            Endpoint(
                method="GET", path="/v1/watch", tag=tag, socket=self.watch, status=101,
                summary="A websocket that carries all the waits of one client process",
                about='Text frames to the server: `{"watch": ADDRESS, "after": SEQ}`, `{"unwatch": ADDRESS}`, '
                '`{"sync": N}`. From it: a binary frame a message (a JSON line, then the raw message), and '
                '`{"synced": N, "seq": HEAD}` or `{"refused": {...}}`.',
            ),
            Endpoint(
                method="GET", path="/v1/events", tag=tag, handler=self.events, returns="text/event-stream",
                summary="Every delivery as it happens, as server-sent events",
            ),
            Endpoint(
                method="GET", path="/v1/info", tag=tag, handler=self.info, returns="Info",
                summary="Version, SMTP address, limits and totals",
            ),
            Endpoint(
                method="GET", path="/v1/dialogues", tag=tag, handler=self.dialogues, returns="Dialogues",
                summary="What clients said over SMTP of late, and what they were answered; no password, no message",
                query=(_within.query,),
            ),
            Endpoint(
                method="GET", path="/healthz", tag=tag, handler=self.healthy, summary="Whether it answers; no token",
            ),
        )  # fmt: skip
