"""The HTTP side: one Starlette application in the same loop as SMTP."""

import sqlite3
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.convertors import Convertor, register_url_convertor
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles

from inboxwright.server.api.context import Context
from inboxwright.server.api.endpoint import Endpoint
from inboxwright.server.api.fault_endpoints import FaultRules
from inboxwright.server.api.live import Live
from inboxwright.server.api.mailpit import Mailpit
from inboxwright.server.api.messages import Messages
from inboxwright.server.api.openapi import document
from inboxwright.server.auth import TokenGuard
from inboxwright.server.body_limit import LEAST, BodyLimit
from inboxwright.server.deliveries import StoreFull
from inboxwright.server.reader import TooHard

_PAGE = Path(__file__).parent / "page"
_PAGE_HEADERS = {
    "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src 'self' data:; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "cache-control": "no-cache",
}


class _Short(Convertor[int]):
    """A number in a path. One that no store can hold is no route: 404."""

    regex = "[0-9]{1,19}"

    def convert(self, value: str) -> int:
        return int(value)

    def to_string(self, value: int) -> str:
        return str(value)


register_url_convertor("short", _Short())


def application(context: Context) -> Starlette:
    """All routes, behind the token."""
    listed = endpoints(context)
    return Starlette(
        routes=[*map(_route, listed), Mount("/page", _Files(directory=_PAGE, check_dir=False))],
        middleware=[
            Middleware(TokenGuard, token=context.options.token),
            Middleware(BodyLimit, most=max(LEAST, 2 * context.options.max_message_size)),
        ],
        exception_handlers={
            HTTPException: _explain,
            StoreFull: _full,
            TooHard: _too_hard,
            sqlite3.Error: _broken,
            Exception: _fail,
        },
    )


def endpoints(context: Context) -> Sequence[Endpoint]:
    """The table of all endpoints, the document itself among them."""
    parts = (Messages(context), FaultRules(context), Live(context), Mailpit(context))
    listed = [endpoint for part in parts for endpoint in part.endpoints()]

    async def describe(request: Request) -> Response:
        return JSONResponse(document(listed, version("inboxwright")))

    async def page(request: Request) -> Response:
        return FileResponse(_PAGE / "index.html", headers=_PAGE_HEADERS)

    listed += [
        Endpoint(
            method="GET",
            path="/v1/openapi.json",
            tag="server",
            handler=describe,
            summary="This document",
        ),
        Endpoint(
            method="GET",
            path="/",
            tag="server",
            handler=page,
            returns="text/html",
            summary="The page for people; no token",
        ),
    ]
    return listed


def _route(endpoint: Endpoint) -> BaseRoute:
    path = endpoint.path.replace("{seq}", "{seq:short}").replace("{number}", "{number:short}")
    if endpoint.socket is not None:
        return WebSocketRoute(path, endpoint.socket)
    if endpoint.handler is None:
        raise TypeError(f"{path} has no handler")
    return Route(path, endpoint.handler, methods=[endpoint.method])


class _Files(StaticFiles):
    def file_response(self, *args: Any, **kwargs: Any) -> Response:
        response = super().file_response(*args, **kwargs)
        response.headers.update(_PAGE_HEADERS)
        return response


async def _explain(request: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        raise error
    return JSONResponse({"error": error.detail}, status_code=error.status_code, headers=error.headers)


async def _full(request: Request, error: Exception) -> Response:
    """RFC 4918 section 11.5, which says what it is."""
    advice = "delete messages (DELETE /v1/messages, the page), or make room where --data lies"
    return JSONResponse({"error": f"{error}: {advice}"}, status_code=507)


async def _too_hard(request: Request, error: Exception) -> Response:
    return JSONResponse({"error": f"this message cannot be shown: {error}; its source can: …/raw"}, status_code=422)


async def _broken(request: Request, error: Exception) -> Response:
    return JSONResponse({"error": f"the store cannot be used: {error}"}, status_code=503)


async def _fail(request: Request, error: Exception) -> Response:
    return JSONResponse({"error": f"a defect of the server: {type(error).__name__}"}, status_code=500)
