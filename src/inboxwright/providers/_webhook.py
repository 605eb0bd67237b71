"""A small web server of this process: a hosted service calls it when mail came."""

import asyncio
import hashlib
import hmac
import json
import secrets
import socket
from collections.abc import Callable, Mapping
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from inboxwright.serving import HttpServer

_LARGEST = 4 * 1024 * 1024
"""Bytes of one request; Nylas sends 1 MB at most."""


class WebhookListener:
    """Listens at host and port from `open` to `close`.

    A GET with `challenge` gets it back. A POST must carry the HMAC-SHA256 (RFC 2104) of its body with `secret`, in
    hexadecimal: then `heard` is called with its JSON, else it is answered with 401 and forgotten.
    """

    def __init__(self, listen: tuple[str, int], *, signature: str, heard: Callable[[Mapping[str, Any]], None]) -> None:
        """`signature` names the header that carries it."""
        self.token = secrets.token_urlsafe(16)
        """The last part of the path, a fresh one each time; what is before it, a tunnel may have changed."""
        self.secret: bytes | None = None
        """None: nothing is believed yet."""
        self.challenged = asyncio.Event()
        """Set once somebody who knows the token has asked the challenge: we can be reached."""
        self._listen = listen
        self._signature = signature
        self._heard = heard
        self._server: HttpServer | None = None
        self._serving: asyncio.Task[None] | None = None

    async def open(self) -> None:
        """Listen. Raises OSError, for a port that is taken above all."""
        family = socket.AF_INET6 if ":" in self._listen[0] else socket.AF_INET
        listening = socket.create_server(self._listen, family=family)
        routes = [Route("/{path:path}", self._answer, methods=["GET", "POST"])]
        self._server = HttpServer(Starlette(routes=routes), ws="none")
        self._serving = asyncio.create_task(self._server.serve([listening]))
        await self._server.ready.wait()

    async def close(self) -> None:
        """Listen no longer; safe to call twice."""
        server, self._server = self._server, None
        if server is not None and self._serving is not None:
            server.should_exit = True
            await self._serving

    async def _answer(self, request: Request) -> Response:
        if not hmac.compare_digest(request.url.path.rpartition("/")[2].encode(), self.token.encode()):
            return Response(status_code=404)
        if request.method != "POST":
            challenge = request.query_params.get("challenge")
            if challenge is None:
                return Response(status_code=400)
            self.challenged.set()
            return PlainTextResponse(challenge, headers={"x-content-type-options": "nosniff"})
        body = bytearray()
        async for part in request.stream():
            body += part
            if len(body) > _LARGEST:
                return Response(status_code=413)
        if not self._signed(bytes(body), request.headers.get(self._signature, "")):
            return Response(status_code=401)
        try:
            event = json.loads(body)
        except ValueError:
            event = None
        if not isinstance(event, dict):
            return Response(status_code=400)
        self._heard(event)
        return Response(status_code=200)

    def _signed(self, body: bytes, signature: str) -> bool:
        if self.secret is None:
            return False
        own = hmac.new(self.secret, body, hashlib.sha256).hexdigest()
        return hmac.compare_digest(own.encode(), signature.strip().lower().encode())
