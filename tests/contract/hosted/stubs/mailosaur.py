"""Mailosaur's messages, files and servers as its client sees them."""

import uuid
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.contract.hosted.stubs.kit import KEY, Refused, Stub, basic, header, named, route

SERVER = "abcd1234"
SERVER_KEY = "key-of-the-server-0123456789"
"""May read the server's mail, and not what the account has left."""
EMAILS = 50
"""Mails a day that the account may receive."""
_DELAYS = "300,500,1000"
"""`x-ms-delay`: milliseconds before the first, the second and every other look."""


class MailosaurStub(Stub):
    """`state`: messages in the order of their arrival, each with its raw source."""

    def fresh(self) -> Any:
        return {}

    def allowed(self, request: Request) -> bool:
        return request.headers.get("authorization") in (basic(KEY, ""), basic(SERVER_KEY, ""))

    def denied(self) -> Any:
        return {"type": "authentication_error", "messages": {}}

    def stored(self, address: str) -> int:
        return sum(address in message["envelope"] for message in self.state.values())

    def accept(self, sender: str, recipients: Sequence[str], raw: bytes) -> None:
        id_ = str(uuid.uuid4())
        people = {part: [{"name": n, "email": e} for n, e in named(raw, part)] for part in ("from", "to", "cc", "bcc")}
        summary: dict[str, Any] = {
            "id": id_,
            "type": "Email",
            "server": SERVER,
            "received": datetime.now(UTC).isoformat(),
            **people,
        }
        summary |= {"subject": header(raw, "subject"), "summary": "", "attachments": 0}
        self.state[id_] = {"summary": summary, "raw": raw, "envelope": list(recipients), "sender": sender}

    def routes(self) -> Sequence[Route]:
        return [
            route(self, "/api/servers/{id}", "GET", self._server),
            route(self, "/api/usage/limits", "GET", self._limits),
            route(self, "/api/messages", "GET", self._list),
            route(self, "/api/messages/search", "POST", self._search),
            route(self, "/api/messages/{id}", "GET", self._get),
            route(self, "/api/messages/{id}", "DELETE", self._delete),
            route(self, "/api/files/email/{id}", "GET", self._raw),
        ]

    async def _server(self, request: Request) -> Any:
        self._check(request.path_params["id"])
        return {"id": SERVER, "name": "Contract", "users": [], "messages": len(self.state)}

    async def _limits(self, request: Request) -> Any:
        if request.headers["authorization"] != basic(KEY, ""):
            raise Refused(403, {"type": "permission_error", "messages": {}})
        used = {"servers": (5, 1), "users": (3, 1), "email": (EMAILS, len(self.state)), "sms": (0, 0)}
        return {name: {"limit": limit, "current": current} for name, (limit, current) in used.items()}

    def _check(self, server: str | None) -> None:
        if server != SERVER:
            raise Refused(404, {"type": "invalid_request", "messages": {}})

    def _page(self, request: Request, summaries: list[dict[str, Any]]) -> Response:
        query = request.query_params
        self._check(query.get("server"))
        after = query.get("receivedAfter")
        since = datetime.fromisoformat(after) if after else datetime.min.replace(tzinfo=UTC)
        size = int(query.get("itemsPerPage", 50))
        found = [each for each in reversed(summaries) if datetime.fromisoformat(each["received"]) >= since]
        start = int(query.get("page", 0)) * size
        return JSONResponse({"items": found[start : start + size]}, headers={"x-ms-delay": _DELAYS})

    async def _list(self, request: Request) -> Response:
        return self._page(request, [message["summary"] for message in self.state.values()])

    async def _search(self, request: Request) -> Response:
        wanted = await request.json()
        if not any(wanted.get(name) for name in ("sentTo", "sentFrom", "subject", "body")):
            raise Refused(400, {"errors": [{"field": "sentTo", "detail": [{"description": "Must be given"}]}]})
        found = [message["summary"] for message in self.state.values() if _fits(message["summary"], wanted)]
        return self._page(request, found)

    def _message(self, request: Request) -> dict[str, Any]:
        if request.path_params["id"] not in self.state:
            raise Refused(404, {"type": "invalid_request", "messages": {}})
        message: dict[str, Any] = self.state[request.path_params["id"]]
        return message

    async def _get(self, request: Request) -> Any:
        message = self._message(request)
        text = message["raw"].partition(b"\r\n\r\n")[2].decode("utf-8", "replace")
        recipients = [{"name": "", "email": recipient} for recipient in message["envelope"]]
        metadata = {"headers": [], "ehlo": "client", "mailFrom": message["sender"], "rcptTo": recipients}
        content: dict[str, Any] = {
            "text": {"body": text, "links": [], "codes": [], "images": []},
            "html": None,
            "attachments": [],
        }
        return {**message["summary"], **content, "metadata": metadata}

    async def _raw(self, request: Request) -> Response:
        return Response(self._message(request)["raw"], media_type="message/rfc822")

    async def _delete(self, request: Request) -> Response:
        del self.state[self._message(request)["summary"]["id"]]
        return Response(status_code=204)


def _fits(summary: dict[str, Any], wanted: dict[str, Any]) -> bool:
    """The service compares addresses without case, and finds words within a subject."""
    to = [person["email"].lower() for part in ("to", "cc", "bcc") for person in summary[part]]
    sender = [person["email"].lower() for person in summary["from"]]
    return (
        (wanted.get("sentTo") or to[0]).lower() in to
        and (wanted.get("sentFrom") or sender[0]).lower() in sender
        and (wanted.get("subject") or "").lower() in summary["subject"].lower()
    )
