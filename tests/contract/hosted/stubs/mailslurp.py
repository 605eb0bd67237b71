"""MailSlurp's inboxes and emails as its client sees them, with requests that are held until there is mail."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tests.contract.hosted.stubs.kit import KEY, Refused, Stub, header, named, route

DOMAIN = "slurp.example"
_USER = str(uuid.UUID(int=1))


@dataclass(slots=True)
class _Inbox:
    id: str
    address: str
    name: str | None
    created: str
    emails: dict[str, dict[str, Any]] = field(default_factory=dict)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


class MailslurpStub(Stub):
    """`state`: inboxes by id."""

    def fresh(self) -> Any:
        return {}

    def allowed(self, request: Request) -> bool:
        return request.headers.get("x-api-key") == KEY

    def denied(self) -> Any:
        return {"message": "401 Unauthorized", "errorClass": "UnauthorizedException"}

    def stored(self, address: str) -> int:
        return sum(len(inbox.emails) for inbox in self.state.values() if inbox.address == address)

    def accept(self, sender: str, recipients: Sequence[str], raw: bytes) -> None:
        for recipient in recipients:
            local, _, domain = recipient.lower().partition("@")
            base, plus, _ = local.partition("+")
            for inbox in self.state.values():
                if inbox.address == f"{base}@{domain}":
                    id_ = str(uuid.uuid4())
                    email = {"id": id_, "inboxId": inbox.id, "subject": header(raw, "subject"), "createdAt": _now()}
                    email |= {"to": [e for _, e in named(raw, "to")], "from": header(raw, "from"), "read": False}
                    email |= {"attachments": [], "plusAddress": recipient if plus else None, "raw": raw}
                    inbox.emails[id_] = email

    def routes(self) -> Sequence[Route]:
        return [
            route(self, "/inboxes", "POST", self._create),
            route(self, "/inboxes/paginated", "GET", self._inboxes),
            route(self, "/inboxes/{id}", "DELETE", self._delete),
            route(self, "/inboxes/{id}/emails", "GET", self._list),
            route(self, "/waitForLatestEmail", "GET", self._wait),
            route(self, "/emails/{id}", "GET", self._get),
            route(self, "/emails/{id}", "DELETE", self._delete_email),
            route(self, "/emails/{id}/raw", "GET", self._raw),
        ]

    async def _create(self, request: Request) -> Any:
        id_, query = str(uuid.uuid4()), request.query_params
        address = query.get("emailAddress") or f"{id_}@mailslurp.example"
        if address.rpartition("@")[2] not in (DOMAIN, "mailslurp.example"):
            raise Refused(400, {"message": f"No verified domain for {address}", "errorClass": "BadRequestException"})
        inbox = self.state[id_] = _Inbox(id_, address.lower(), query.get("name"), _now())
        return _inbox(inbox)

    async def _inboxes(self, request: Request) -> Any:
        page, size = int(request.query_params.get("page", 0)), int(request.query_params.get("size", 20))
        every = [_inbox(inbox) for inbox in self.state.values()]
        shown = every[page * size : (page + 1) * size]
        total = -(-len(every) // size)
        count = {"totalElements": len(every), "totalPages": total, "numberOfElements": len(shown), "size": size}
        return {
            "content": shown,
            "number": page,
            "first": page == 0,
            "last": page + 1 >= total,
            "empty": False,
            **count,
        }

    def _inbox(self, id_: str) -> _Inbox:
        if id_ not in self.state:
            raise Refused(404, {"message": f"No inbox {id_}", "errorClass": "NotFoundException"})
        found: _Inbox = self.state[id_]
        return found

    async def _list(self, request: Request) -> Any:
        inbox, query = self._inbox(request.path_params["id"]), request.query_params
        await self.until(
            lambda: len(inbox.emails) >= int(query.get("minCount", 0)), _seconds(query.get("retryTimeout"))
        )
        newest_first = list(reversed(inbox.emails.values()))[: int(query.get("limit", 100))]
        ordered = newest_first if query.get("sort") == "DESC" else newest_first[::-1]
        return [{name: value for name, value in email.items() if name != "raw"} for email in ordered]

    async def _wait(self, request: Request) -> Any:
        inbox, query = self._inbox(request.query_params["inboxId"]), request.query_params
        if not await self.until(lambda: bool(inbox.emails), _seconds(query.get("timeout"))):
            raise Refused(408, {"message": "No email found in time", "errorClass": "TimeoutException"})
        return _whole(list(inbox.emails.values())[-1])

    def _email(self, request: Request) -> dict[str, Any]:
        for inbox in self.state.values():
            if (found := inbox.emails.get(request.path_params["id"])) is not None:
                email: dict[str, Any] = found
                return email
        raise Refused(404, {"message": "No such email", "errorClass": "NotFoundException"})

    async def _get(self, request: Request) -> Any:
        return _whole(self._email(request))

    async def _raw(self, request: Request) -> Response:
        return Response(self._email(request)["raw"], media_type="text/plain")

    async def _delete_email(self, request: Request) -> Response:
        email = self._email(request)
        del self.state[email["inboxId"]].emails[email["id"]]
        return Response(status_code=204)

    async def _delete(self, request: Request) -> Response:
        del self.state[self._inbox(request.path_params["id"]).id]
        return Response(status_code=204)


def _seconds(milliseconds: str | None) -> float:
    return int(milliseconds or 0) / 1000


def _inbox(inbox: _Inbox) -> dict[str, Any]:
    kind = {"inboxType": "HTTP_INBOX", "virtualInbox": False, "readOnly": False, "favourite": False, "tags": []}
    owner = {"userId": _USER, "accountRegion": "US_WEST_2", "teamAccess": False}
    return {
        "id": inbox.id,
        "emailAddress": inbox.address,
        "name": inbox.name,
        "createdAt": inbox.created,
        **kind,
        **owner,
    }


def _whole(email: dict[str, Any]) -> dict[str, Any]:
    text = email["raw"].partition(b"\r\n\r\n")[2].decode("utf-8", "replace")
    rest = {name: value for name, value in email.items() if name != "raw"}
    return {
        **rest,
        "userId": _USER,
        "body": text,
        "updatedAt": email["createdAt"],
        "teamAccess": False,
        "isHTML": False,
    }
