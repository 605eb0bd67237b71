"""Messages over HTTP: list, wait, read, delete."""

import asyncio
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from inboxwright.address import normal
from inboxwright.server.api.context import Context
from inboxwright.server.api.endpoint import Endpoint, Query, Whole, found, json_object
from inboxwright.server.deliveries import Delivery
from inboxwright.server.hub import Refusal
from inboxwright.server.store import LARGEST

FRAME_POLICY = (
    "sandbox; default-src 'none'; img-src data:; style-src 'unsafe-inline'; font-src data:; "
    "form-action 'none'; base-uri 'none'; frame-ancestors 'self'"
)
"""Mailed HTML is shown without scripts, forms and remote loads."""

_after = Whole(name="after", about="Only what is newer: a `seq`.")
_before = Whole(name="before", about="Only what is older: a `seq`.", default=2**53, told=False)
_limit = Whole(name="limit", about="How many at most.", least=1, most=1000, default=100)
_many = Whole(name="limit", about="Only so many, those with the newest mail.", least=1, default=2**53, told=False)
_wait = Whole(
    name="wait",
    about="Milliseconds to hold the request while there is nothing; needs `address`.",
    most=60_000,
)


def _is_number(value: Any) -> bool:
    return type(value) is int and 0 <= value < LARGEST


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and value.isprintable()


class _Waiter:
    """One held request."""

    def __init__(self) -> None:
        self.woken = asyncio.Event()
        self.refusal: Refusal | None = None

    def arrived(self, delivery: Delivery) -> None:
        self.woken.set()

    def refused(self, refusal: Refusal) -> None:
        self.refusal = refusal
        self.woken.set()


class Messages:
    """The endpoints of one server."""

    def __init__(self, context: Context) -> None:
        self._store = context.store
        self._hub = context.hub
        self._reading = context.reading

    def _find(self, request: Request) -> Delivery:
        number = request.path_params["seq"]
        return found(self._store.delivery(number), f"message {number}")

    async def list(self, request: Request) -> Response:
        """Oldest first from a cursor, or newest first."""
        address = request.query_params.get("address")
        wait = _wait.read(request)
        if wait and address is None:
            raise HTTPException(400, "wait needs an address")
        listed = await self._listed(request)
        refusal: Refusal | None = None
        if wait and address is not None and not listed:
            refusal = await self._woken(normal(address), wait / 1000)
            listed = await self._listed(request)
        shown: dict[str, Any] = {
            "messages": listed,
            "head": self._store.head,
        }
        if refusal and not listed:
            shown["refused"] = {
                "recipient": refusal.recipient,
                "code": refusal.code,
                "reason": refusal.reason,
            }
        return JSONResponse(shown)

    async def _woken(self, address: str, seconds: float) -> Refusal | None:
        waiter = _Waiter()
        self._hub.add(address, waiter)
        try:
            async with asyncio.timeout(seconds):
                await waiter.woken.wait()
        except TimeoutError:
            pass
        finally:
            self._hub.remove(address, waiter)
        return waiter.refusal

    async def _listed(self, request: Request) -> Sequence[dict[str, Any]]:
        where, values = ["d.seq > ?", "d.seq < ?"], [_after.read(request), _before.read(request)]
        asked: list[Any] = list(values)
        if "address" in request.query_params:
            where.append("d.address = ?")
            asked.append(normal(request.query_params["address"]))
        if "run" in request.query_params:
            where.append("d.run = ?")
            asked.append(request.query_params["run"])
        order = request.query_params.get("order", "oldest")
        if order not in {"oldest", "newest"}:
            raise HTTPException(400, f"order must be oldest or newest, not {order!r}")
        direction = "DESC" if order == "newest" else "ASC"
        clause = f"WHERE {' AND '.join(where)} ORDER BY d.seq {direction} LIMIT ?"
        rows = self._store.rows(f"SELECT d.seq FROM deliveries d {clause}", *asked, _limit.read(request))  # noqa: S608
        shown = []
        for (seq,) in rows:  # one after the other: a list of large messages would not fit into memory
            delivery = self._store.delivery(seq)
            if delivery is not None:
                shown.append(await self._reading.summary(delivery))
        return shown

    async def read(self, request: Request) -> Response:
        """One message, parsed."""
        return JSONResponse(await self._reading.detail(self._find(request)))

    async def raw(self, request: Request) -> Response:
        """As it was received."""
        return Response(self._find(request).raw, media_type="message/rfc822")

    async def html(self, request: Request) -> Response:
        """For a frame."""
        html = await self._reading.html(self._find(request))
        headers = {"content-security-policy": FRAME_POLICY, "referrer-policy": "no-referrer"}
        return Response(html, media_type="text/html", headers=headers)

    async def attachment(self, request: Request) -> Response:
        """As a download: never shown by the browser itself."""
        number = request.path_params["number"]
        read = await self._reading.attachment(self._find(request), number)
        name, kind, content = found(read, f"attachment {number}")
        headers = {
            "content-disposition": f"attachment; filename*=UTF-8''{quote(name)}",
            "content-security-policy": "sandbox; default-src 'none'",
        }
        return Response(content, media_type=kind, headers=headers)

    async def delete(self, request: Request) -> Response:
        """By address, run or number."""
        wanted = await json_object(request)
        if len(wanted) != 1 or not wanted.keys() <= {"addresses", "run", "seqs"}:
            raise HTTPException(400, 'name what to delete: {"addresses": [...]}, {"run": ID} or {"seqs": [...]}')
        ((name, value),) = wanted.items()
        values = [value] if name == "run" else value
        good = _is_number if name == "seqs" else _is_text
        if not isinstance(values, list) or not all(map(good, values)):
            raise HTTPException(400, f"{name}: {value!r} is of the wrong type")
        if name == "addresses":
            values = [normal(each) for each in values]
        return JSONResponse({"deleted": await self._delete(name, values)})

    async def delete_one(self, request: Request) -> Response:
        """By number."""
        delivery = self._find(request)
        return JSONResponse({"deleted": await self._delete("seqs", [delivery.seq])})

    async def _delete(self, name: str, values: Sequence[Any]) -> int:
        column = {"addresses": "address", "run": "run", "seqs": "seq"}[name]
        deleted = await self._store.delete(column, values)
        self._hub.deleted()
        self._hub.tell("prune")
        return deleted

    async def recipients(self, request: Request) -> Response:
        """Who got mail."""
        sql = (
            "SELECT * FROM (SELECT address, count(*), max(seq) FROM deliveries WHERE seq > ?"
            " GROUP BY address ORDER BY 3 DESC LIMIT ?) ORDER BY 3"
        )
        values = (_after.read(request), _many.read(request))
        rows = await self._store.scan(lambda connection: connection.execute(sql, values).fetchall())
        shown = [{"address": address, "count": count, "last_seq": last} for address, count, last in rows]
        return JSONResponse({"recipients": shown})

    def endpoints(self) -> Sequence[Endpoint]:
        """The table of them."""
        address = Query(name="address", about="Exactly this envelope recipient.")
        run = Query(name="run", about="Only addresses that this run minted.")
        order = Query(
            name="order",
            about="By `seq`.",
            schema={"type": "string", "enum": ["oldest", "newest"], "default": "oldest"},
        )
        one = "/v1/messages/{seq}"
        tag = "messages"
        return (
            Endpoint(
                method="GET", path="/v1/messages", tag=tag, handler=self.list, returns="MessageList",
                summary="List messages, or wait for one from a cursor",
                query=(address, run, _after.query, _before.query, order, _limit.query, _wait.query),
            ),
            Endpoint(
                method="DELETE", path="/v1/messages", tag=tag, handler=self.delete, body="Deletion",
                returns="Deleted", summary="Delete the messages of addresses, of a run, or by number",
            ),
            Endpoint(
                method="GET", path=one, tag=tag, handler=self.read, returns="Message",
                summary="Read one message, with its links, codes and attachments",
            ),
            Endpoint(
                method="DELETE", path=one, tag=tag, handler=self.delete_one, returns="Deleted",
                summary="Delete one message",
            ),
            Endpoint(
                method="GET", path=f"{one}/raw", tag=tag, handler=self.raw, returns="message/rfc822",
                summary="The message as it was received",
            ),
            Endpoint(
                method="GET", path=f"{one}/html", tag=tag, handler=self.html, returns="text/html",
                summary="The HTML part for a frame: no scripts, no remote loads",
            ),
            Endpoint(
                method="GET", path=f"{one}/attachments/{{number}}", tag=tag, handler=self.attachment,
                returns="application/octet-stream", summary="One attachment, decoded",
            ),
            Endpoint(
                method="GET", path="/v1/recipients", tag=tag, handler=self.recipients,
                query=(_after.query, _many.query), returns="Recipients",
                summary="Envelope recipients, by their newest message",
            ),
        )  # fmt: skip
