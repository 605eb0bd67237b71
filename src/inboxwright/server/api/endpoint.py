"""One row a route: the router and the OpenAPI document are both made from these, so they cannot differ."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.websockets import WebSocket

T = TypeVar("T")
Handler = Callable[[Request], Awaitable[Response]]
SocketHandler = Callable[[WebSocket], Awaitable[None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """One query parameter."""

    name: str
    about: str
    schema: dict[str, Any] = field(default_factory=lambda: {"type": "string"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """One route. `path` names its variables in braces, `returns` a component schema or a media type."""

    method: str
    path: str
    tag: str
    summary: str
    handler: Handler | None = None
    socket: SocketHandler | None = None
    query: tuple[Query, ...] = ()
    body: str | None = None
    returns: str = "application/json"
    status: int = 200
    about: str = ""


def whole(name: str, *, default: int = 0, least: int = 0, most: int = 2**53) -> Callable[[Request], int]:
    """A reader of a whole number from the query; 400 for anything else."""

    def read(request: Request) -> int:
        given = request.query_params.get(name)
        if given is None:
            return default
        if not given.isascii() or not given.isdigit() or not least <= int(given[:20]) <= most:
            raise HTTPException(400, f"{name} must be a whole number from {least} to {most}, not {given!r}")
        return int(given)

    return read


def number_schema(least: int = 0, most: int | None = None, default: int | None = None) -> dict[str, Any]:
    """The same bounds for the document."""
    schema: dict[str, Any] = {"type": "integer", "minimum": least}
    if most is not None:
        schema["maximum"] = most
    if default is not None:
        schema["default"] = default
    return schema


async def json_object(request: Request) -> dict[str, Any]:
    """The body; 400 if it is not a JSON object."""
    try:
        value = json.loads(await request.body())
    except ValueError as error:
        raise HTTPException(400, f"the body is not JSON: {error}") from error
    if not isinstance(value, dict):
        raise HTTPException(400, "the body must be a JSON object")
    return value


def found(value: T | None, what: str) -> T:
    """The value; 404 if there is none."""
    if value is None:
        raise HTTPException(404, f"there is no {what}")
    return value
