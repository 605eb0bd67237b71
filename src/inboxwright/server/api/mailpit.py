"""The part of Mailpit's REST API and events that its clients wait, read and delete with."""

import asyncio
import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.websockets import WebSocket, WebSocketDisconnect

from inboxwright.server.api import mailpit_search, mailpit_send, mailpit_shapes
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
)
from inboxwright.server.api.mailpit_search import Term
from inboxwright.server.api.mailpit_shapes import Entry
from inboxwright.server.api.reading import as_source
from inboxwright.server.deliveries import Delivery, Parcel
from inboxwright.server.reader import TooHard

_TOLD = 1000
"""Messages that are told of one by one."""
VIEW_POLICY = (
    "sandbox allow-same-origin allow-popups allow-top-navigation-by-user-activation; default-src 'none'; "
    "img-src data:; style-src 'unsafe-inline'; font-src data:; form-action 'none'; base-uri 'none'"
)
"""Links of the page can be clicked, as tests do; nothing runs and nothing is loaded."""


class Mailpit:
    """The endpoints of one server."""

    def __init__(self, context: Context) -> None:
        self._store = context.store
        self._hub = context.hub
        self._reading = context.reading

    # -- reading -------------------------------------------------------------------------------------------------

    async def list(self, request: Request) -> Response:
        """Newest first."""
        start, limit = page(request)
        sql = f"{SELECT} WHERE {VISIBLE} ORDER BY m.id DESC LIMIT ? OFFSET ?"
        entries = await self._shown(self._entries(self._store.rows(sql, limit, start)))
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
                await self._shown(found[start : start + limit]),
                start=start,
                total=total,
                unread=unread,
                found=len(found),
                found_unread=sum(not entry.read for entry in found),
            )
        )

    async def _shown(self, entries: Sequence[Entry]) -> Sequence[dict[str, Any]]:
        return [await self._summary(entry) for entry in entries]

    async def _summary(self, entry: Entry) -> dict[str, Any]:
        try:
            shown: dict[str, Any] = await self._reading.ask("mailpit_shapes", "summary", entry)
        except TooHard:
            return mailpit_shapes.unread_summary(entry)
        return shown

    async def _fits(self, entry: Entry, terms: Sequence[Term]) -> bool:
        try:
            return bool(await self._reading.ask("mailpit_search", "fits", list(terms), entry))
        except TooHard:
            return False

    async def _search(self, query: str) -> Sequence[Entry]:
        terms = mailpit_search.parse(query)
        if not terms:
            raise HTTPException(400, "Error: no search query")
        address = mailpit_search.recipient(terms)
        if address is not None:
            sql = f"{SELECT} JOIN deliveries d ON d.message = m.id WHERE d.address = ? ORDER BY d.seq DESC"
            entries = self._entries(self._store.rows(sql, address) or self._store.rows(sql, address.lower()))
        else:
            ids = self._store.rows(f"SELECT m.id FROM messages m WHERE {VISIBLE} ORDER BY m.id DESC")  # noqa: S608
            each = (self._entry(number) for (number,) in ids)
            return [entry for entry in each if entry is not None and await self._fits(entry, terms)]
        return [entry for entry in entries if await self._fits(entry, terms)]

    def _entry(self, number: int) -> Entry | None:
        found = self._entries(self._store.rows(f"{SELECT} WHERE m.id = ?", number))
        return found[0] if found else None

    def _count(self) -> tuple[int, int]:
        ((seen,),) = self._store.rows("SELECT count(DISTINCT message) FROM deliveries WHERE seen = 1")
        total = self._store.totals()[0]
        return total, total - int(seen)

    def _entries(self, rows: Iterable[Any]) -> Sequence[Entry]:
        return [entry_of(row, self._store.rows(RECIPIENTS, row[0])) for row in rows]

    def _find(self, request: Request) -> Entry:
        return self._by_id(request.path_params["id"])

    def _by_id(self, wanted: str) -> Entry:
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
        await self._mark([entry.id], seen=True)
        try:
            shown = await self._reading.ask("mailpit_shapes", "detail", entry)
        except TooHard as error:
            shown = mailpit_shapes.unread_detail(entry, as_source(entry.raw, error))
        return JSONResponse(shown)

    async def view(self, request: Request) -> Response:
        """`/view/latest.html?query=` and `/view/ID.txt`: the message as a page, in which nothing may run."""
        name, _, kind = request.path_params["file"].rpartition(".")
        if kind not in {"html", "txt"}:
            raise HTTPException(404, "Message not found")
        query = request.query_params.get("query", "")
        if name == "latest" and query:
            entries = await self._search(query)
            if not entries:
                raise HTTPException(404, "Message not found")
            entry = entries[0]
        else:
            entry = self._by_id(name)
        text = await self._reading.ask("mailpit_shapes", "view", entry, kind)
        headers = {"content-security-policy": VIEW_POLICY, "referrer-policy": "no-referrer"}
        media = "text/html" if kind == "html" else "text/plain"
        return Response(text, media_type=media, headers=headers)

    async def headers(self, request: Request) -> Response:
        """All of them."""
        return JSONResponse(mailpit_shapes.headers(self._find(request).raw))

    async def raw(self, request: Request) -> Response:
        """As it was received."""
        return PlainTextResponse(self._find(request).raw)

    async def part(self, request: Request) -> Response:
        """One attachment or inline part."""
        entry = self._find(request)
        recipient = entry.recipients[0] if entry.recipients else None
        found = await self._reading.ask("mailpit_parts", "part", entry.raw, recipient, request.path_params["part"])
        if found is None:
            raise HTTPException(404, "Part not found")
        kind, content = found
        headers = {"content-security-policy": "sandbox; default-src 'none'"}
        return Response(content, media_type=kind, headers=headers)

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
        await self._delete(numbers(ids) if ids else self._all(), whole=not ids)
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
        await self._mark(ids, seen=seen)
        return PlainTextResponse("ok")

    async def send(self, request: Request) -> Response:
        """Built, filed, and sent to nobody."""
        try:
            sender, recipients, raw = mailpit_send.build(await json_or_form(request))
        except mailpit_send.SendError as error:
            return JSONResponse({"Error": str(error), "error": str(error)}, status_code=400)
        parcel = Parcel(sender=sender, recipients=recipients, raw=raw, received_at=datetime.now(UTC))
        stored = await self._store.put([parcel])
        return JSONResponse({"ID": stored.deliveries[0].id})

    async def _mark(self, ids: Sequence[int], *, seen: bool) -> None:
        await self._store.submit(lambda writer: writer.mark(ids, seen=seen))
        for number in ids[:_TOLD]:
            self._hub.tell("update", {"ID": str(number), "Read": seen})

    def _all(self) -> Sequence[int]:
        return [number for (number,) in self._store.rows("SELECT id FROM messages")]

    async def _delete(self, ids: Sequence[int], *, whole: bool = False) -> None:
        await self._store.delete("message", ids)
        self._hub.deleted()
        if whole:
            self._hub.tell("truncate")
        elif len(ids) > _TOLD:
            self._hub.tell("prune")
        else:
            for number in ids:
                self._hub.tell("delete", {"ID": str(number)})

    # -- events --------------------------------------------------------------------------------------------------

    async def events(self, socket: WebSocket) -> None:
        """`new` for every message; `update`, `delete`, `truncate` and `prune`, as Mailpit broadcasts them."""
        await socket.accept()
        queue: asyncio.Queue[tuple[str, Any]] = asyncio.Queue(1000)
        last = 0

        def put(kind: str, about: Any) -> None:
            if not queue.full():
                queue.put_nowait((kind, about))

        def arrived(delivery: Delivery) -> None:
            nonlocal last
            if int(delivery.id) != last:  # else the same message for its next recipient
                last = int(delivery.id)
                put("new", last)

        with self._hub.following(arrived, lambda: None), self._hub.told(put):
            sender = asyncio.create_task(self._send(socket, queue))
            try:
                while True:
                    await socket.receive_text()
            except (WebSocketDisconnect, RuntimeError):
                return
            finally:
                sender.cancel()

    async def _send(self, socket: WebSocket, queue: "asyncio.Queue[tuple[str, Any]]") -> None:
        while True:
            kind, about = await queue.get()
            if kind == "new":
                entry = self._entry(about)
                if entry is None:  # deleted meanwhile
                    continue
                about = await self._summary(entry)
            await socket.send_text(json.dumps({"Type": kind, "Data": about}))

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
            (
                "GET",
                "/view/{file}",
                self.view,
                "The message as a page: ID or latest, .html or .txt",
                "text/html",
                (query,),
            ),
            ("POST", "/api/v1/send", self.send, "File a message built from JSON", "application/json", ()),
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
