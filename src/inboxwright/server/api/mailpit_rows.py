"""Mailpit's API: from rows of the store to entries, and what its clients send."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import parse_qs

from starlette.exceptions import HTTPException
from starlette.requests import Request

from inboxwright.server import strict_json
from inboxwright.server.api.mailpit_shapes import Entry

SELECT = "SELECT m.id, m.sender, m.received_at, m.size, m.raw FROM messages m"
VISIBLE = "EXISTS (SELECT 1 FROM deliveries d WHERE d.message = m.id)"
MOST = 10_000
"""Messages in one answer."""
RECIPIENTS = "SELECT address, seen FROM deliveries WHERE message = ? ORDER BY seq"


def entry_of(row: Any, deliveries: Sequence[Any]) -> Entry:
    """One message with its recipients."""
    number, sender, received_at, size, raw = row
    return Entry(
        id=number,
        sender=sender,
        received_at=received_at,
        size=size,
        raw=raw,
        recipients=tuple(dict.fromkeys(address for address, _ in deliveries)),
        read=all(seen for _, seen in deliveries),
    )


def page(request: Request) -> tuple[int, int]:
    """How many to leave out, and how many at most; what makes no sense is not asked for, as in Mailpit."""
    start, limit = (
        int(given) if given.isdecimal() and len(given) < 10 else 0
        for given in (request.query_params.get(name, "") for name in ("start", "limit"))
    )
    return start, min(limit or 50, MOST)


async def json_or_form(request: Request) -> dict[str, Any]:
    """JSON or a form (some clients send one), with the names in lower case."""
    body = await request.body()
    if not body:
        return {}
    if "form" in request.headers.get("content-type", ""):
        return {name.lower(): value for name, value in parse_qs(body.decode("utf-8", "replace")).items()}
    try:
        value = strict_json.loads(body)
    except ValueError as error:
        raise HTTPException(400, f"the body is not JSON: {error}") from error
    if not isinstance(value, dict):
        raise HTTPException(400, "the body must be a JSON object")
    return {name.lower(): each for name, each in value.items()}


def numbers(ids: Any) -> Sequence[int]:
    """Those of the ids that are ours."""
    if not isinstance(ids, list):
        raise HTTPException(400, f"IDs must be a list, not {ids!r}")
    return [int(each) for each in map(str, ids) if each.isascii() and each.isdigit() and len(each) < 19]
