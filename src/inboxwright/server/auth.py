"""The bearer token that guards everything but the page's own files (RFC 6750)."""

import base64
import secrets
from collections.abc import Mapping
from urllib.parse import parse_qs

from starlette.types import ASGIApp, Receive, Scope, Send

_OURS = (b"same-origin", b"none")
_OPEN = ("/", "/healthz", "/livez", "/readyz", "/favicon.ico")


class TokenGuard:
    """Asks for `Authorization: Bearer T`, HTTP Basic with T as the password, or `?token=T`."""

    def __init__(self, app: ASGIApp, token: str) -> None:
        self._app = app
        self._token = token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer 401 (close a websocket before it opens)."""
        path = scope.get("path", "")
        if scope["type"] == "lifespan" or path in _OPEN or path.startswith("/page/") or self._knows(scope):
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008, "reason": "no valid token"})
        else:
            challenge = [
                (b"www-authenticate", b'Basic realm="inboxwright"'),
                (b"content-type", b"application/json"),
            ]
            await send({"type": "http.response.start", "status": 401, "headers": challenge})
            body = b'{"error": "no valid token: send Authorization: Bearer TOKEN"}'
            await send({"type": "http.response.body", "body": body})

    def _knows(self, scope: Scope) -> bool:
        headers: Mapping[bytes, bytes] = dict(scope["headers"])
        offered = parse_qs(scope.get("query_string", b"").decode("latin-1")).get("token", [])
        kind, _, value = headers.get(b"authorization", b"").decode("latin-1").partition(" ")
        if kind.lower() == "bearer":
            offered.append(value.strip())
        # A browser adds a password that it keeps to whatever another site asks of us: there it proves nothing (CSRF).
        elif kind.lower() == "basic" and headers.get(b"sec-fetch-site", b"none") in _OURS:
            try:
                offered.append(base64.b64decode(value).decode().partition(":")[2])
            except ValueError:
                return False
        return any(secrets.compare_digest(token.encode(), self._token.encode()) for token in offered)
