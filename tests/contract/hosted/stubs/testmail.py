"""testmail.app: its one GraphQL query, executed by its schema, so that no unknown name or type gets through."""

import uuid
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from graphql import ExecutionResult, GraphQLResolveInfo, build_schema, graphql
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.contract.hosted.stubs.kit import KEY, Refused, Stub, header, route

NAMESPACE = "acme1"
DOMAIN = "inbox.testmail.app"
_MINUTE = 2.0
"""Seconds that a live query is held here."""
_GRAPHQL = "/api/graphql"
_SCHEMA = build_schema(
    """
    type Query {
      inbox(
        namespace: String!, tag: String, tag_prefix: String, timestamp_from: Float, timestamp_to: Float,
        livequery: Boolean = false, limit: Int = 10, offset: Int = 0
      ): Inbox
    }
    type Inbox { result: Outcome message: String count: Int limit: Int offset: Int emails: [Email] }
    type Email {
      id: ID namespace: String tag: String timestamp: Float envelope_from: String envelope_to: String
      from: String to: String cc: String subject: String messageId: String text: String downloadUrl: String
    }
    enum Outcome { success fail }
    """
)
"""As far as this stub goes: the filters, the sorts and most fields of an email are left out."""


class TestmailStub(Stub):
    """`state`: emails in the order of their arrival."""

    __test__ = False  # pytest takes its name for that of a test

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
            local, _, domain = recipient.rpartition("@")
            if domain.lower() != DOMAIN:
                continue
            namespace, _, tag = local.partition(".")
            email = {"id": uuid.uuid4().hex, "envelope_from": sender, "envelope_to": recipient, "raw": raw}
            self.state.append({**email, "namespace": namespace, "tag": tag, "timestamp": _milliseconds()})

    def routes(self) -> Sequence[Route]:
        return [route(self, _GRAPHQL, "POST", self._answer), route(self, "/download/{id}", "GET", self._raw)]

    async def _answer(self, request: Request) -> Response:
        asked = await request.json()
        query = _Query(self, f"{request.base_url}download/")
        done: ExecutionResult = await graphql(
            _SCHEMA, asked["query"], root_value=query, variable_values=asked.get("variables")
        )
        if query.in_vain:
            return Response(status_code=307, headers={"location": _GRAPHQL})
        return JSONResponse(done.formatted, 200 if done.data is not None else 400)

    async def _raw(self, request: Request) -> Response:
        for each in self.state:
            if each["id"] == request.path_params["id"]:
                return Response(each["raw"], media_type="message/rfc822")
        raise Refused(404, {})


class _Query:
    """One request's."""

    def __init__(self, stub: TestmailStub, downloads: str) -> None:
        self._stub = stub
        self._downloads = downloads
        self.in_vain = False
        """Whether a live query ended with nothing to tell."""

    async def inbox(self, info: GraphQLResolveInfo[Any], **asked: Any) -> dict[str, Any]:
        if asked["namespace"] != NAMESPACE:
            return {"result": "fail", "message": "not authorized for this namespace"}
        if asked["livequery"] and not await self._stub.until(lambda: bool(self._found(asked)), _MINUTE):
            self.in_vain = True
        found, offset, limit = self._found(asked), asked["offset"], asked["limit"]
        emails = [self._shown(email) for email in found[offset : offset + limit]]
        counts = {"count": len(found), "limit": limit, "offset": offset}
        return {"result": "success", "message": None, **counts, "emails": emails}

    def _found(self, asked: dict[str, Any]) -> list[dict[str, Any]]:
        """Newest first. "Received after this timestamp", the schema says; for a live query there is no "before"."""
        ends = float("inf") if asked["livequery"] else asked.get("timestamp_to", float("inf"))
        return [
            email
            for email in reversed(self._stub.state)
            if email["namespace"] == asked["namespace"]
            and asked.get("tag") in (None, email["tag"])
            and email["tag"].startswith(asked.get("tag_prefix") or "")
            and (asked.get("timestamp_from") or 0) < email["timestamp"] < ends
        ]

    def _shown(self, email: dict[str, Any]) -> dict[str, Any]:
        headers = {"from": "from", "to": "to", "cc": "cc", "subject": "subject", "messageId": "message-id"}
        parsed = {field: header(email["raw"], name) for field, name in headers.items()}
        text = email["raw"].partition(b"\r\n\r\n")[2].decode("utf-8", "replace")
        stored = {name: value for name, value in email.items() if name != "raw"}
        return {**stored, **parsed, "text": text, "downloadUrl": f"{self._downloads}{email['id']}"}


def _milliseconds() -> int:
    return int(datetime.now(UTC).timestamp() * 1000)
