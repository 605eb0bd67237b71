"""The bearer token that guards everything but the page's own files (RFC 6750), and a password that a browser keeps."""

import base64
import json
import secrets
from collections.abc import Mapping
from urllib.parse import parse_qs, urlsplit

from starlette.types import ASGIApp, Receive, Scope, Send

OPEN_PATHS = ("/", "/healthz", "/livez", "/readyz", "/favicon.ico")
"""They ask for no token."""
_OURS = (b"same-origin", b"none")
_ANOTHER_SITE = "a password that a browser keeps serves this server's own page only; send Authorization: Bearer TOKEN"


class TokenGuard:
    """Asks for `Authorization: Bearer T`, HTTP Basic with T as the password, or `?token=T`.

    A browser adds a Basic password that it keeps to whatever another site asks of us (OWASP: cross-site request
    forgery). With such a password a request is obeyed only if Sec-Fetch-Site and Origin, as far as they are there, say
    that it came from the server's own page, and a POST only if it is JSON, which no form of another site can send.
    """

    def __init__(self, app: ASGIApp, token: str) -> None:
        self._app = app
        self._token = token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer 401 or 403 (close a websocket before it opens)."""
        path = scope.get("path", "")
        if scope["type"] == "lifespan" or path in OPEN_PATHS or path.startswith("/page/"):
            await self._app(scope, receive, send)
            return
        headers: Mapping[bytes, bytes] = dict(scope["headers"])
        if self._bearer(scope, headers):
            await self._app(scope, receive, send)
        elif not self._basic(headers):
            await _refuse(scope, send, 401, "no valid token: send Authorization: Bearer TOKEN")
        elif not _from_here(headers):
            await _refuse(scope, send, 403, _ANOTHER_SITE)
        elif scope.get("method") == "POST" and not _is_json(headers):
            await _refuse(scope, send, 415, "with a password, a POST must have Content-Type: application/json")
        else:
            await self._app(scope, receive, send)

    def _bearer(self, scope: Scope, headers: Mapping[bytes, bytes]) -> bool:
        offered = parse_qs(scope.get("query_string", b"").decode("latin-1")).get("token", [])
        kind, _, value = headers.get(b"authorization", b"").decode("latin-1").partition(" ")
        if kind.lower() == "bearer":
            offered.append(value.strip())
        return any(map(self._right, offered))

    def _basic(self, headers: Mapping[bytes, bytes]) -> bool:
        kind, _, value = headers.get(b"authorization", b"").decode("latin-1").partition(" ")
        if kind.lower() != "basic":
            return False
        try:
            return self._right(base64.b64decode(value).decode().partition(":")[2])
        except ValueError:
            return False

    def _right(self, token: str) -> bool:
        return secrets.compare_digest(token.encode(), self._token.encode())


def _from_here(headers: Mapping[bytes, bytes]) -> bool:
    if headers.get(b"sec-fetch-site", b"none") not in _OURS:
        return False
    origin = headers.get(b"origin")
    if origin is None:  # no browser, or a plain GET, whose answer another site cannot read
        return True
    # By host and port only: a proxy that speaks TLS for us changes the scheme.
    return urlsplit(origin.decode("latin-1")).netloc.lower() == headers.get(b"host", b"").decode("latin-1").lower()


def _is_json(headers: Mapping[bytes, bytes]) -> bool:
    kind = headers.get(b"content-type", b"").partition(b";")[0].strip().lower()
    return kind == b"application/json" or (kind.startswith(b"application/") and kind.endswith(b"+json"))


async def _refuse(scope: Scope, send: Send, status: int, reason: str) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008, "reason": reason[:120]})
        return
    headers = [(b"content-type", b"application/json")]
    if status == 401:
        headers.append((b"www-authenticate", b'Basic realm="inboxwright"'))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": json.dumps({"error": reason}).encode()})
