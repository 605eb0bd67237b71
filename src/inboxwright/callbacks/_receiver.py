"""The HTTP receiver of a run: the application calls it, and the run's test processes listen to it.

Calls below `/calls/<channel>/` belong to the test that opened the channel; those to `/calls/` itself are heard by every
running test, as an application may know only the one URL that its environment gave it.
"""

import asyncio
import contextlib
import hmac
import json
import secrets
import socket
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route, WebSocketRoute
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket, WebSocketDisconnect

from inboxwright.callbacks._call import Call
from inboxwright.callbacks._rules import Rule
from inboxwright.loops import LoopThread
from inboxwright.serving import HttpServer

_LARGEST = 10_000_000
"""Bytes of one body."""


@dataclass(slots=True, kw_only=True, eq=False)
class _Listener:
    """A test process."""

    socket: WebSocket
    rules: dict[str, list[Rule]] = field(default_factory=dict)
    """By channel, the newest first; a channel is open while it stands here."""


class Receiver:
    """Listens on a free port of loopback until `stop`. Used by `with`, too."""

    def __init__(self) -> None:
        self.token = secrets.token_urlsafe(24)
        self._listeners: list[_Listener] = []
        self._last = 0
        """The number of the last call that came."""
        self._loop = LoopThread("inboxwright callbacks", when_closed="the callback receiver is closed")
        listening = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{listening.getsockname()[1]}/calls"
        """What the application gets as CALLBACK_URL."""
        self._server = HttpServer(self._application(), ws="websockets-sansio")
        self._serving = self._loop.submit(self._server.serve(sockets=[listening]))
        self._loop.submit(self._server.ready.wait()).result(timeout=10)

    def stop(self) -> None:
        """Stop listening; safe to call twice."""
        self._server.should_exit = True
        with contextlib.suppress(Exception):
            self._serving.result(timeout=3)
        self._loop.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.stop()

    def _application(self) -> Starlette:
        receive = _Endpoint(self._receive)
        return Starlette(
            routes=[
                WebSocketRoute("/listen", self._listen),
                Route("/calls", receive),
                Route("/calls/{path:path}", receive),
            ]
        )

    async def _receive(self, request: Request) -> Response | None:
        body = bytearray()
        try:
            async for part in request.stream():
                body += part
                if len(body) > _LARGEST:
                    return Response(f"more than {_LARGEST:,} bytes\n", status_code=413)
        except ClientDisconnect:
            return None
        first, _, rest = request.path_params.get("path", "").partition("/")
        owner = next((listener for listener in self._listeners if first in listener.rules), None)
        path = rest if owner is not None else request.path_params.get("path", "")
        self._last += 1
        call = Call(
            number=self._last,
            method=request.method,
            path=f"/{path}",
            query_string=request.scope["query_string"].decode("latin-1"),
            fields=tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in request.headers.raw),
            body=bytes(body),
            received=time.time(),
            status=200,
            shared=owner is None,
        )
        rule = self._rule(call, owner, first)
        gave_up = await _pause(request, rule.delay / 1000) if rule.delay else False
        status = None if gave_up or rule.hang_up else rule.status
        await self._tell({**call.as_json(), "status": status}, owner, "" if owner is None else first)
        return None if status is None else Response(rule.body, status_code=status, headers=dict(rule.headers or {}))

    def _rule(self, call: Call, owner: _Listener | None, channel: str) -> Rule:
        if owner is not None:
            rules = owner.rules[channel]
        else:
            rules = [rule for listener in self._listeners for each in listener.rules.values() for rule in each]
        return next((rule for rule in rules if rule.take(call)), Rule())

    async def _tell(self, call: dict[str, Any], owner: _Listener | None, channel: str) -> None:
        """Before the application has its answer: who asks the application then finds the call in the log."""
        text = json.dumps({"channel": channel, "call": call})
        for listener in [owner] if owner is not None else list(self._listeners):
            with contextlib.suppress(WebSocketDisconnect, RuntimeError):
                await listener.socket.send_text(text)

    async def _listen(self, websocket: WebSocket) -> None:
        given = websocket.headers.get("authorization", "").removeprefix("Bearer ")
        if not hmac.compare_digest(given.encode(), self.token.encode()):
            await websocket.close(1008)
            return
        await websocket.accept()
        listener = _Listener(socket=websocket)
        self._listeners.append(listener)
        try:
            while True:
                order = json.loads(await websocket.receive_text())
                self._obey(order, listener)
                await websocket.send_text(json.dumps({"done": order["ask"], "at": self._last}))
        except WebSocketDisconnect:
            pass
        finally:
            self._listeners.remove(listener)

    def _obey(self, order: Mapping[str, Any], listener: _Listener) -> None:
        match order["do"]:
            case "open" | "clear":
                listener.rules[order["channel"]] = []
            case "close":
                listener.rules.pop(order["channel"], None)
            case "rule":
                listener.rules[order["channel"]].insert(0, Rule(**order["rule"]))


class _Endpoint:
    """Any method at all, and half an answer where the handler has none."""

    def __init__(self, handle: Any) -> None:
        self._handle = handle

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        response = await self._handle(Request(scope, receive))
        with contextlib.suppress(OSError):
            if response is not None:
                await response(scope, receive, send)
            else:  # uvicorn closes a connection whose answer is shorter than it said
                await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})


async def _pause(request: Request, seconds: float) -> bool:
    """Whether the application hung up meanwhile."""
    gone = asyncio.ensure_future(_disconnected(request))
    done, _ = await asyncio.wait([gone], timeout=seconds)
    gone.cancel()
    return bool(done)


async def _disconnected(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
