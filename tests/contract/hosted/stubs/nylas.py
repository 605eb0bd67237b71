"""Nylas as its client sees it: grants, one of them a wildcard inbox, their messages, and webhooks."""

import base64
import uuid
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from starlette.requests import Request
from starlette.routing import Route

from tests.contract.hosted.stubs.kit import KEY, Refused, Stub, header, named, route
from tests.contract.hosted.stubs.nylas_webhooks import Webhooks

DOMAIN = "team.nylas.example"
GRANT = str(uuid.UUID(int=7))
PATTERN = f"qa-*@{DOMAIN}"
_ACCOUNTS = 20


def _now() -> int:
    return int(datetime.now(UTC).timestamp())


class NylasStub(Stub):
    """`state`: grants by id, messages in the order of their arrival, and webhooks by id."""

    def __init__(self) -> None:
        super().__init__()
        self._webhooks = Webhooks(self)

    def fresh(self) -> Any:
        return {"grants": {GRANT: self._grant(GRANT, PATTERN)}, "messages": [], "webhooks": {}}

    def _grant(self, id_: str, address: str) -> dict[str, Any]:
        status = {"grant_status": "valid", "created_at": _now(), "updated_at": _now(), "scope": []}
        return {"id": id_, "provider": "nylas", "email": address, "settings": {"email": address}, **status}

    def allowed(self, request: Request) -> bool:
        return request.headers.get("authorization") == f"Bearer {KEY}"

    def denied(self) -> Any:
        return _error("unauthorized", "Unauthorized (401)")

    def stored(self, address: str) -> int:
        return sum(address in message["envelope"] for message in self.state["messages"])

    def accept(self, sender: str, recipients: Sequence[str], raw: bytes) -> None:
        took: dict[str, list[str]] = {}
        for recipient in recipients:
            for grant in self.state["grants"].values():
                before, star, after = grant["email"].partition("*")
                fits = recipient.startswith(before) and recipient.lower().endswith(after)
                if fits if star else recipient.lower() == before.lower():
                    took.setdefault(grant["id"], []).append(recipient)
        people = {part: [{"name": n, "email": e} for n, e in named(raw, part)] for part in ("from", "to", "cc", "bcc")}
        for id_, envelope in took.items():
            message: dict[str, Any] = {"id": uuid.uuid4().hex, "grant_id": id_, "object": "message", "date": _now()}
            message |= {"subject": header(raw, "subject"), "unread": True, "folders": ["INBOX"], **people}
            self.state["messages"].append({"shown": message, "raw": raw, "envelope": envelope})
            self._webhooks.tell(message, _text(raw))

    def routes(self) -> Sequence[Route]:
        grant = "/v3/grants/{grant}"
        return [
            route(self, "/v3/connect/custom", "POST", self._connect),
            route(self, "/v3/grants", "GET", self._grants),
            route(self, grant, "GET", self._get_grant),
            route(self, grant, "DELETE", self._delete_grant),
            route(self, f"{grant}/messages", "GET", self._list),
            route(self, f"{grant}/messages/{{id}}", "GET", self._get),
            route(self, f"{grant}/messages/{{id}}", "DELETE", self._delete),
            *self._webhooks.routes(),
        ]

    async def _connect(self, request: Request) -> Any:
        body = await request.json()
        address = body["settings"]["email"]
        if body["provider"] != "nylas" or not address.endswith(f"@{DOMAIN}"):
            raise Refused(400, _error("invalid_request_error", f"{address} is not at a verified domain"))
        if len(self.state["grants"]) > _ACCOUNTS:
            raise Refused(402, _error("limit", "no more agent accounts"))
        id_ = str(uuid.uuid4())
        self.state["grants"][id_] = self._grant(id_, address)
        return _data(self.state["grants"][id_])

    async def _grants(self, request: Request) -> Any:
        offset, limit = (
            int(request.query_params.get(name, default)) for name, default in (("offset", 0), ("limit", 10))
        )
        return {**_data(list(self.state["grants"].values())[offset : offset + limit]), "limit": limit, "offset": offset}

    def _find(self, request: Request) -> str:
        id_: str = request.path_params["grant"]
        if id_ not in self.state["grants"]:
            raise Refused(404, _error("grant.not_found", f"No Grant found for ID: {id_}"))
        return id_

    async def _get_grant(self, request: Request) -> Any:
        return _data(self.state["grants"][self._find(request)])

    async def _delete_grant(self, request: Request) -> Any:
        id_ = self._find(request)
        del self.state["grants"][id_]
        self.state["messages"] = [each for each in self.state["messages"] if each["shown"]["grant_id"] != id_]
        return {"request_id": uuid.uuid4().hex}

    async def _list(self, request: Request) -> Any:
        id_, query = self._find(request), request.query_params
        found = [each["shown"] for each in reversed(self.state["messages"]) if each["shown"]["grant_id"] == id_]
        if to := query.get("to"):
            found = [each for each in found if to.lower() in [person["email"].lower() for person in each["to"]]]
        if "subject" in query:
            found = [each for each in found if query["subject"] in each["subject"]]
        start, limit = int(query.get("page_token", 0)), int(query.get("limit", 50))
        following = {"next_cursor": str(start + limit)} if start + limit < len(found) else {}
        return {**_data(found[start : start + limit]), **following}

    def _message(self, request: Request) -> dict[str, Any]:
        id_ = self._find(request)
        for each in self.state["messages"]:
            if (each["shown"]["grant_id"], each["shown"]["id"]) == (id_, request.path_params["id"]):
                message: dict[str, Any] = each
                return message
        raise Refused(404, _error("not_found_error", "message not found"))

    async def _get(self, request: Request) -> Any:
        message = self._message(request)
        if request.query_params.get("fields") == "raw_mime":
            raw = base64.urlsafe_b64encode(message["raw"]).decode().rstrip("=")
            few = {name: message["shown"][name] for name in ("grant_id", "object", "id")}
            return _data({**few, "raw_mime": raw})
        return _data({**message["shown"], "body": _text(message["raw"])})

    async def _delete(self, request: Request) -> Any:
        self.state["messages"].remove(self._message(request))
        return {"request_id": uuid.uuid4().hex}


def _text(raw: bytes) -> str:
    return raw.partition(b"\r\n\r\n")[2].decode("utf-8", "replace")


def _data(data: Any) -> dict[str, Any]:
    return {"request_id": uuid.uuid4().hex, "data": data}


def _error(kind: str, message: str) -> dict[str, Any]:
    return {"request_id": uuid.uuid4().hex, "error": {"type": kind, "message": message}}
