"""Nylas's webhooks: the challenge when one is made, and a signed notification of each new message."""

import asyncio
import hashlib
import hmac
import json
import secrets
import uuid
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import httpx
from starlette.requests import Request
from starlette.routing import Route

from tests.contract.hosted.stubs.kit import Refused, Stub, route

_CREATED = "message.created"
_LARGEST = 1_000_000
"""Bytes: a larger notification goes without the message's text, and says so in its type."""
_ANSWER = 10.0
"""Seconds that Nylas waits for an answer."""


class Webhooks:
    """Those of one application, kept in the stub's state under "webhooks"."""

    def __init__(self, stub: Stub) -> None:
        self._stub = stub
        self._sending: set[asyncio.Task[None]] = set()

    @property
    def _every(self) -> dict[str, dict[str, Any]]:
        every: dict[str, dict[str, Any]] = self._stub.state["webhooks"]
        return every

    def routes(self) -> Sequence[Route]:
        """What Nylas answers."""
        one = "/v3/webhooks/{webhook}"
        return [
            route(self._stub, "/v3/webhooks", "POST", self._create),
            route(self._stub, "/v3/webhooks", "GET", self._list),
            route(self._stub, one, "GET", self._get),
            route(self._stub, one, "DELETE", self._delete),
        ]

    def tell(self, message: dict[str, Any], text: str) -> None:
        """A message came: call everybody who wants to know."""
        for webhook in self._every.values():
            if _CREATED in webhook["trigger_types"]:
                task = asyncio.create_task(self._send(webhook, message, text))
                self._sending.add(task)
                task.add_done_callback(self._sending.discard)

    async def _send(self, webhook: dict[str, Any], message: dict[str, Any], text: str) -> None:
        event: dict[str, Any] = {
            "specversion": "1.0",
            "type": _CREATED,
            "source": "/nylas/emails/realtime",
            "id": uuid.uuid4().hex,
            "time": _now(),
            "webhook_delivery_attempt": 1,
            "data": {"application_id": "stub", "object": {**message, "body": text}},
        }
        body = json.dumps(event).encode()
        if len(body) > _LARGEST:
            body = json.dumps({**event, "type": f"{_CREATED}.truncated", "data": {"object": message}}).encode()
        signature = hmac.new(webhook["webhook_secret"].encode(), body, hashlib.sha256).hexdigest()
        headers = {"Content-Type": "application/json", "X-Nylas-Signature": signature}
        try:
            await self._call("POST", webhook["webhook_url"], content=body, headers=headers)
        except httpx.HTTPError:
            webhook["status"] = "failing"

    async def _call(self, method: str, url: str, **request: Any) -> httpx.Response:
        async with httpx.AsyncClient(trust_env=False, timeout=_ANSWER) as client:
            return await client.request(method, url, **request)

    async def _create(self, request: Request) -> Any:
        body = await request.json()
        url = body["webhook_url"]
        if not body["trigger_types"] or any(url == webhook["webhook_url"] for webhook in self._every.values()):
            raise _refused("trigger_types is empty, or webhook_url is in use")
        challenge = secrets.token_hex(16)
        try:
            answer = await self._call("GET", url, params={"challenge": challenge})
        except httpx.HTTPError as error:
            raise _refused(f"failed to verify the webhook: {error}") from error
        if answer.status_code != 200 or answer.text != challenge:
            raise _refused("failed to verify the webhook: the answer is not the challenge")
        id_ = str(uuid.uuid4())
        times = dict.fromkeys(("created_at", "updated_at", "status_updated_at"), _now())
        described = {"description": body.get("description", ""), "trigger_types": body["trigger_types"]}
        told = {"notification_email_addresses": body.get("notification_email_addresses", [])}
        self._every[id_] = {"id": id_, "webhook_url": url, "status": "active", **described, **told, **times}
        self._every[id_]["webhook_secret"] = secrets.token_urlsafe(24)
        return _data(self._every[id_])

    async def _list(self, request: Request) -> Any:
        return _data([_shown(webhook) for webhook in self._every.values()])

    def _find(self, request: Request) -> dict[str, Any]:
        if (found := self._every.get(request.path_params["webhook"])) is None:
            raise Refused(404, _error("not_found_error", "webhook not found"))
        return found

    async def _get(self, request: Request) -> Any:
        return _data(_shown(self._find(request)))

    async def _delete(self, request: Request) -> Any:
        del self._every[self._find(request)["id"]]
        return _data({"status": "success"})


def _shown(webhook: dict[str, Any]) -> dict[str, Any]:
    """The secret is told once, to whoever created it."""
    return {name: value for name, value in webhook.items() if name != "webhook_secret"}


def _refused(message: str) -> Refused:
    return Refused(400, _error("invalid_request_error", message))


def _error(kind: str, message: str) -> dict[str, Any]:
    return {"request_id": uuid.uuid4().hex, "error": {"type": kind, "message": message}}


def _data(data: Any) -> dict[str, Any]:
    return {"request_id": uuid.uuid4().hex, "data": data}


def _now() -> int:
    return int(datetime.now(UTC).timestamp())
