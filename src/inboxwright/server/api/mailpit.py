"""The part of Mailpit's REST API and events that its clients wait, read and delete with."""

import asyncio
import json
from collections.abc import Iterable, Sequence
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.websockets import WebSocket, WebSocketDisconnect

from inboxwright.server.api import mailpit_search, mailpit_shapes
from inboxwright.server.api.context import Context
from inboxwright.server.api.endpoint import Endpoint, Query, Whole
from inboxwright.server.api.mailpit_rows import (
    MOST,
    RECIPIENTS,
    SELECT,
    VISIBLE,
    entry_of,
    json_or_form,
    numbers,
    page,
    scan,
)
from inboxwright.server.api.mailpit_shapes import Entry
from inboxwright.server.api.shapes import media_type
from inboxwright.server.deliveries import Delivery


class Mailpit:
    """The endpoints of one server."""

    def __init__(self, context: Context) -> None:
        self._store = context.store
        self._hub = context.hub

    # -- reading -------------------------------------------------------------------------------------------------

    async def list(self, request: Request) -> Response:
        """Newest first."""
        start, limit = page(request)
        sql = f"{SELECT} WHERE {VISIBLE} ORDER BY m.id DESC LIMIT ? OFFSET ?"
        entries = self._entries(self._store.rows(sql, limit, start))
        total, unread = self._count()
        return JSONResponse(
            mailpit_shapes.listing(entries, start=start, total=total, unread=unread, found=total, found_unread=unread)
        )

    async def search(self, request: Request) -> Response:
        """Newest first; by index where the query names a whole address."""
        found = await self._search(request.query_params.get("query", ""))
        start, limit = page(request)
        total, unread = self._count()
        return JSONResponse(
            mailpit_shapes.listing(
                found[start : start + limit],
                start=start,
                total=total,
                unread=unread,
                found=len(found),
                found_unread=sum(not entry.read for entry in found),
            )
        )

    async def _search(self, query: str) -> Sequence[Entry]:
        terms = mailpit_search.parse(query)
        if not terms:
            raise HTTPException(400, "Error: no search query")
        address = mailpit_search.recipient(terms)
        if address is not None:
            sql = f"{SELECT} JOIN deliveries d ON d.message = m.id WHERE d.address = ? ORDER BY d.seq DESC"
            entries = self._entries(self._store.rows(sql, address) or self._store.rows(sql, address.lower()))
            return [entry for entry in entries if all(term.accepts(entry) for term in terms)]
        return await self._store.scan(lambda connection: scan(connection, terms))

    def _count(self) -> tuple[int, int]:
        ((seen,),) = self._store.rows("SELECT count(DISTINCT message) FROM deliveries WHERE seen = 1")
        total = self._store.totals()[0]
        return total, total - int(seen)

    def _entries(self, rows: Iterable[Any]) -> Sequence[Entry]:
        return [entry_of(row, self._store.rows(RECIPIENTS, row[0])) for row in rows]

    def _find(self, request: Request) -> Entry:
        wanted: str = request.path_params["id"]
        if wanted == "latest":
            rows = self._store.rows(f"{SELECT} WHERE {VISIBLE} ORDER BY m.id DESC LIMIT 1")
        else:
            number = int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 19 else 0
            rows = self._store.rows(f"{SELECT} WHERE m.id = ? AND {VISIBLE}", number)
        if not rows:
            raise HTTPException(404, "Message not found")
        return self._entries(rows)[0]

    async def read(self, request: Request) -> Response:
        """Marks it as read, as Mailpit does."""
        entry = self._find(request)
        await self._store.submit(lambda writer: writer.mark([entry.id], seen=True))
        return JSONResponse(mailpit_shapes.detail(entry))

    async def headers(self, request: Request) -> Response:
        """All of them."""
        return JSONResponse(mailpit_shapes.headers(self._find(request).raw))

    async def raw(self, request: Request) -> Response:
        """As it was received."""
        return PlainTextResponse(self._find(request).raw)

    async def part(self, request: Request) -> Response:
        """One attachment or inline part."""
        attachments = self._find(request).message.attachments
        wanted: str = request.path_params["part"]
        number = int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 10 else 0
        if not 1 <= number <= len(attachments):
            raise HTTPException(404, "Part not found")
        each = attachments[number - 1]
        headers = {"content-security-policy": "sandbox; default-src 'none'"}
        return Response(each.content, media_type=media_type(each), headers=headers)

    async def info(self, request: Request) -> Response:
        """Totals."""
        total, unread = self._count()
        size = self._store.totals()[2]
        return JSONResponse(
            {
                "Version": "inboxwright",
                "LatestVersion": "inboxwright",
                "Database": "",
                "DatabaseSize": size,
                "Messages": total,
                "Unread": unread,
                "Tags": {},
            }
        )

    async def ready(self, request: Request) -> Response:
        """It answers."""
        return PlainTextResponse("ok")

    # -- changing ------------------------------------------------------------------------------------------------

    async def delete(self, request: Request) -> Response:
        """By id; all without one, as Mailpit does."""
        ids = (await json_or_form(request)).get("ids")
        await self._delete(numbers(ids) if ids else self._all())
        return PlainTextResponse("ok")

    async def delete_search(self, request: Request) -> Response:
        """By query."""
        await self._delete([entry.id for entry in await self._search(request.query_params.get("query", ""))])
        return PlainTextResponse("ok")

    async def mark(self, request: Request) -> Response:
        """Read or unread, by id or by search; all without either."""
        body = await json_or_form(request)
        if body.get("search"):
            ids: Sequence[int] = [entry.id for entry in await self._search(str(body["search"]))]
        else:
            ids = numbers(body["ids"]) if body.get("ids") else self._all()
        seen = body.get("read") in (True, "true", "True", ["true"], ["True"])
        await self._store.submit(lambda writer: writer.mark(ids, seen=seen))
        return PlainTextResponse("ok")

    def _all(self) -> Sequence[int]:
        return [number for (number,) in self._store.rows("SELECT id FROM messages")]

    async def _delete(self, ids: Sequence[int]) -> None:
        await self._store.delete("message", ids)
        self._hub.deleted()

    # -- events --------------------------------------------------------------------------------------------------

    async def events(self, socket: WebSocket) -> None:
        """`new` for every message and `stats` with the totals, as Mailpit broadcasts them."""
        await socket.accept()
        queue: asyncio.Queue[str] = asyncio.Queue(1000)
        last = 0

        def arrived(delivery: Delivery) -> None:
            nonlocal last
            if int(delivery.id) == last or queue.full():  # the same message for its next recipient
                return
            last = int(delivery.id)
            rows = self._store.rows(f"{SELECT} WHERE m.id = ?", last)
            for entry in self._entries(rows):
                queue.put_nowait(json.dumps({"Type": "new", "Data": mailpit_shapes.summary(entry)}))

        def deleted() -> None:
            if not queue.full():
                queue.put_nowait(json.dumps({"Type": "prune", "Data": None}))

        with self._hub.following(arrived, deleted):
            sender = asyncio.create_task(_send(socket, queue))
            try:
                while True:
                    await socket.receive_text()
            except (WebSocketDisconnect, RuntimeError):
                return
            finally:
                sender.cancel()

    def endpoints(self) -> Sequence[Endpoint]:
        """The table of them."""
        query = Query(name="query", about="Mailpit's search syntax.")
        paging = (
            Whole(name="start", about="How many to leave out; what makes no sense is 0.").query,
            Whole(name="limit", about="How many at most; what makes no sense is 50.", most=MOST, default=50).query,
        )
        one = "/api/v1/message/{id}"
        rows: Sequence[tuple[str, str, Any, str, str, tuple[Query, ...]]] = (
            ("GET", "/api/v1/messages", self.list, "List messages", "application/json", paging),
            ("PUT", "/api/v1/messages", self.mark, "Mark messages as read or unread", "text/plain", ()),
            ("DELETE", "/api/v1/messages", self.delete, "Delete messages", "text/plain", ()),
            ("GET", "/api/v1/search", self.search, "Search messages", "application/json", (query, *paging)),
            ("DELETE", "/api/v1/search", self.delete_search, "Delete by search", "text/plain", (query,)),
            ("GET", one, self.read, "Read a message", "application/json", ()),
            ("GET", f"{one}/headers", self.headers, "The header fields", "application/json", ()),
            ("GET", f"{one}/raw", self.raw, "As it was received", "text/plain", ()),
            ("GET", f"{one}/part/{{part}}", self.part, "An attachment", "application/octet-stream", ()),
            ("GET", "/api/v1/info", self.info, "Totals", "application/json", ()),
            ("GET", "/livez", self.ready, "Whether it answers; no token", "text/plain", ()),
            ("GET", "/readyz", self.ready, "Whether it answers; no token", "text/plain", ()),
        )
        tag = "mailpit"
        events = Endpoint(
            method="GET",
            path="/api/events",
            tag=tag,
            socket=self.events,
            status=101,
            summary="A websocket that tells of every message",
        )
        return (
            *(
                Endpoint(method=method, path=path, tag=tag, handler=handler, summary=text, returns=kind, query=q)
                for method, path, handler, text, kind, q in rows
            ),
            events,
        )


async def _send(socket: WebSocket, queue: asyncio.Queue[str]) -> None:
    while True:
        await socket.send_text(await queue.get())
