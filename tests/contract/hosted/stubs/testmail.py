"""testmail.app as its documentation describes it. No client of the vendor's vouches for this stub: it is no target."""

import uuid
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tests.contract.hosted.stubs.kit import KEY, Refused, Stub, route

NAMESPACE = "acme1"
_MINUTE = 2.0
"""Seconds that a live query is held here."""


class TestmailStub(Stub):
    """`state`: emails in the order of their arrival."""

    def fresh(self) -> Any:
        return []

    def allowed(self, request: Request) -> bool:
        return request.url.path.startswith("/download/") or request.headers.get("authorization") == f"Bearer {KEY}"

    def denied(self) -> Any:
        return {"errors": [{"message": "Authentication failed"}]}

    def stored(self, address: str) -> int:
        return sum(email["envelope_to"] == address for email in self.state)

    def accept(self, sender: str, recipients: Sequence[str], raw: bytes) -> None:
        for recipient in recipients:
            namespace, _, tag = recipient.partition("@")[0].partition(".")
            email = {"id": uuid.uuid4().hex, "envelope_from": sender, "envelope_to": recipient, "raw": raw}
            self.state.append({**email, "namespace": namespace, "tag": tag, "timestamp": _milliseconds()})

    def routes(self) -> Sequence[Route]:
        return [route(self, "/api/graphql", "POST", self._query), route(self, "/download/{id}", "GET", self._raw)]

    async def _query(self, request: Request) -> Any:
        asked = (await request.json())["variables"]
        if asked["namespace"] != NAMESPACE:
            return {
                "data": {"inbox": {"result": "fail", "message": "not authorized for this namespace", "emails": None}}
            }

        def found() -> list[dict[str, Any]]:
            tagged = [each for each in reversed(self.state) if asked.get("tag") in (None, each["tag"])]
            return [each for each in tagged if each["timestamp"] >= (asked.get("from") or 0)]

        if asked.get("live") and not await self.until(lambda: bool(found()), _MINUTE):
            return Response(status_code=307, headers={"location": "/api/graphql"})
        emails = [
            {**{name: value for name, value in each.items() if name != "raw"}, "downloadUrl": f"{base}{each['id']}"}
            for base in (f"{request.base_url}download/",)
            for each in found()[: asked["limit"]]
        ]
        return {"data": {"inbox": {"result": "success", "message": None, "emails": emails}}}

    async def _raw(self, request: Request) -> Response:
        for each in self.state:
            if each["id"] == request.path_params["id"]:
                return Response(each["raw"], media_type="message/rfc822")
        raise Refused(404, {})


def _milliseconds() -> int:
    return int(datetime.now(UTC).timestamp() * 1000)
