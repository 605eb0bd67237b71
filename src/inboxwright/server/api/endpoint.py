"""One row a route: the router and the OpenAPI document are both made from these, so they cannot differ."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.websockets import WebSocket

from inboxwright.server import strict_json

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """A whole number in the query. Its bounds stand here once, for reading it and for the document."""

    name: str
    about: str
    least: int = 0
    most: int = 2**53
    default: int = 0
    told: bool = True
    """Whether the document names the default."""

    def read(self, request: Request) -> int:
        """The number, or the default; 400 for anything else."""
        given = request.query_params.get(self.name)
        if given is None:
            return self.default
        # int() itself takes no more than a few thousand digits, and leading zeros without end mean nothing good.
        if not given.isascii() or not given.isdigit() or len(given) > 20 or not self.least <= int(given) <= self.most:
            said = f"{self.name} must be a whole number from {self.least} to {self.most}, not {given[:40]!r}"
            raise HTTPException(400, said)
        return int(given)

    @property
    def query(self) -> Query:
        """The same bounds for the document."""
        schema: dict[str, Any] = {"type": "integer", "minimum": self.least, "maximum": self.most}
        if self.told:
            schema["default"] = self.default
        return Query(name=self.name, about=self.about, schema=schema)


async def json_object(request: Request) -> dict[str, Any]:
    """The body; 400 if it is not a JSON object."""
    try:
        value = strict_json.loads(await request.body())
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
