"""A VaultSandbox gateway as its client sees it: encrypted and plain inboxes, lists, raw mail, server-sent events.

Like the real one it keeps all in memory, and refuses mail for recipients without an inbox.
"""

import asyncio
import base64
import hashlib
import json
import os
import uuid
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope, Session
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from pqcrypto.kem import ml_kem_768
from pqcrypto.sign import ml_dsa_65
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route
from vaultsandbox.crypto import build_transcript, derive_key, from_base64url, to_base64url

from tests.contract.hosted.stubs.kit import KEY, Refused, Stub, header, route

_ALGORITHMS = {"kem": "ML-KEM-768", "sig": "ML-DSA-65", "aead": "AES-256-GCM", "kdf": "HKDF-SHA-512"}
_DOMAIN = "vault.example"


@dataclass(slots=True)
class _Inbox:
    address: str
    hash: str
    client_key: bytes | None
    emails: dict[str, dict[str, Any]] = field(default_factory=dict)


class VaultsandboxStub(Stub):
    """`state`: signing keys, and inboxes by address."""

    def __init__(self) -> None:
        super().__init__()
        self.state["inboxes"].clear()
        self._listeners: set[asyncio.Queue[dict[str, Any]]] = set()

    def fresh(self) -> Any:
        public, secret = ml_dsa_65.generate_keypair()
        return {"public": bytes(public), "secret": bytes(secret), "inboxes": {}}

    def allowed(self, request: Request) -> bool:
        return request.headers.get("x-api-key") == KEY

    def denied(self) -> Any:
        return {"message": "Invalid API key", "error": "Unauthorized", "statusCode": 401}

    def stored(self, address: str) -> int:
        inbox = self.state["inboxes"].get(address.lower())
        return 0 if inbox is None else len(inbox.emails)

    async def handle_MAIL(  # noqa: N802 - aiosmtpd's
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """With no inbox at all, nothing is taken from anybody."""
        if not self.state["inboxes"]:
            return "421 Service not available, closing transmission channel"
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """An inbox must be there."""
        if _base(address.lower()) not in self.state["inboxes"]:
            return "550 Recipient address rejected"
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 OK"

    def accept(self, sender: str, recipients: Sequence[str], raw: bytes) -> None:
        seen: set[str] = set()
        for recipient in map(str.lower, recipients):
            base = _base(recipient)
            inbox = self.state["inboxes"].get(base)
            if inbox is not None and base not in seen:
                seen.add(base)
                stamp = f"Received: from client by gateway\r\n\tfor <{recipients[0]}>; {datetime.now(UTC):%c}\r\n"
                self._store(inbox, recipient, stamp.encode() + raw)

    def _store(self, inbox: _Inbox, recipient: str, raw: bytes) -> None:
        id_, subject, now = str(uuid.uuid4()), header(raw, "subject"), datetime.now(UTC).isoformat()
        metadata = {"id": id_, "from": header(raw, "from"), "to": recipient, "subject": subject, "receivedAt": now}
        text = (
            raw.partition(b"\r\n\r\n")[2].decode("utf-8", "replace").replace("\r\n", "\n") if len(raw) < 100_000 else ""
        )
        parsed: dict[str, Any] = {
            "html": None,
            "text": text,
            "headers": {},
            "subject": subject,
            "attachments": [],
            "links": [],
        }
        parts = {"metadata": json.dumps(metadata).encode(), "parsed": json.dumps(parsed).encode()}
        if inbox.client_key is None:
            email: dict[str, Any] = {name: base64.b64encode(part).decode() for name, part in parts.items()}
            email["raw"] = base64.b64encode(raw).decode()
        else:
            parts["raw"] = base64.b64encode(raw)
            email = {f"encrypted{k.capitalize()}": self._seal(inbox.client_key, k, p) for k, p in parts.items()}
        inbox.emails[id_] = {"id": id_, "isRead": False, **email}
        event = {"inboxId": inbox.hash, "emailId": id_}
        event |= {name: email[name] for name in ("metadata", "encryptedMetadata") if name in email}
        for listener in self._listeners:
            listener.put_nowait(event)

    def _seal(self, client_key: bytes, part: str, plain: bytes) -> dict[str, Any]:
        capsule, shared = ml_kem_768.encrypt(client_key)
        aad, nonce = f"vaultsandbox:{part}".encode(), os.urandom(12)
        sealed = AESGCM(derive_key(bytes(shared), capsule, aad)).encrypt(nonce, plain, aad)
        payload: Any = {
            "v": 1,
            "algs": _ALGORITHMS,
            "ct_kem": to_base64url(capsule),
            "nonce": to_base64url(nonce),
            "aad": to_base64url(aad),
            "ciphertext": to_base64url(sealed),
            "server_sig_pk": to_base64url(self.state["public"]),
        }
        signature = ml_dsa_65.sign(self.state["secret"], build_transcript(payload))
        return {**payload, "sig": to_base64url(bytes(signature))}

    def routes(self) -> Sequence[Route]:
        inbox = "/api/inboxes/{address}"
        return [
            route(self, "/api/check-key", "GET", self._check),
            route(self, "/api/server-info", "GET", self._info),
            route(self, "/api/inboxes", "POST", self._create),
            route(self, "/api/events", "GET", self._events),
            route(self, inbox, "DELETE", self._delete),
            route(self, f"{inbox}/sync", "GET", self._sync),
            route(self, f"{inbox}/emails", "GET", self._list),
            route(self, f"{inbox}/emails/{{id}}", "GET", self._get),
            route(self, f"{inbox}/emails/{{id}}", "DELETE", self._delete_email),
            route(self, f"{inbox}/emails/{{id}}/raw", "GET", self._raw),
        ]

    async def _check(self, _: Request) -> Any:
        return {"ok": True}

    async def _info(self, _: Request) -> Any:
        return {
            "serverSigPk": to_base64url(self.state["public"]),
            "algs": _ALGORITHMS,
            "context": "vaultsandbox:email:v1",
            "maxTtl": 604_800,
            "defaultTtl": 3600,
            "allowedDomains": [_DOMAIN],
            "encryptionPolicy": "enabled",
        }

    async def _create(self, request: Request) -> Any:
        body = await request.json()
        address = (body.get("emailAddress") or f"{uuid.uuid4().hex}@{_DOMAIN}").strip().lower()
        if address.rpartition("@")[2] != _DOMAIN:
            raise Refused(400, {"message": "Domain is not allowed", "error": "Bad Request", "statusCode": 400})
        if address in self.state["inboxes"]:
            address = f"{uuid.uuid4().hex}@{_DOMAIN}"
        key = from_base64url(body["clientKemPk"]) if body.get("encryption") != "plain" else None
        digest = hashlib.sha256(f"plain:{address}".encode() if key is None else key).digest()
        inbox = self.state["inboxes"][address] = _Inbox(address, to_base64url(digest), key)
        expires = (datetime.now(UTC) + timedelta(hours=1)).isoformat()
        answer = {"emailAddress": address, "expiresAt": expires, "inboxHash": inbox.hash, "encrypted": key is not None}
        return answer if key is None else {**answer, "serverSigPk": to_base64url(self.state["public"])}

    def _inbox(self, request: Request) -> _Inbox:
        address = request.path_params["address"].lower()
        if address not in self.state["inboxes"]:
            message = f"Inbox not found: {address}"
            raise Refused(404, {"message": message, "error": "Not Found", "statusCode": 404})
        found: _Inbox = self.state["inboxes"][address]
        return found

    def _email(self, request: Request) -> dict[str, Any]:
        if (found := self._inbox(request).emails.get(request.path_params["id"])) is None:
            message = f"Email not found: {request.path_params['id']}"
            raise Refused(404, {"message": message, "error": "Not Found", "statusCode": 404})
        return found

    async def _sync(self, request: Request) -> Any:
        ids = sorted(self._inbox(request).emails)
        return {"emailsHash": to_base64url(hashlib.sha256(",".join(ids).encode()).digest()), "emailCount": len(ids)}

    async def _list(self, request: Request) -> Any:
        full = request.query_params.get("includeContent") == "true"
        left_out = ("raw", "encryptedRaw") if full else ("raw", "encryptedRaw", "parsed", "encryptedParsed")
        newest_first = reversed(self._inbox(request).emails.values())
        return [{name: part for name, part in email.items() if name not in left_out} for email in newest_first]

    async def _get(self, request: Request) -> Any:
        return {name: part for name, part in self._email(request).items() if name not in ("raw", "encryptedRaw")}

    async def _raw(self, request: Request) -> Any:
        return {name: part for name, part in self._email(request).items() if name in ("id", "raw", "encryptedRaw")}

    async def _delete_email(self, request: Request) -> Response:
        del self._inbox(request).emails[self._email(request)["id"]]
        return Response(status_code=204)

    async def _delete(self, request: Request) -> Response:
        self.state["inboxes"].pop(request.path_params["address"].lower(), None)
        return Response(status_code=204)

    async def _events(self, request: Request) -> Response:
        owned = {inbox.hash for inbox in self.state["inboxes"].values()}
        wanted = owned.intersection(request.query_params.get("inboxes", "").split(","))
        if not wanted:
            message = "No matching inbox hashes found"
            raise Refused(400, {"message": message, "error": "Bad Request", "statusCode": 400})
        return StreamingResponse(self._stream(wanted), media_type="text/event-stream")

    async def _stream(self, wanted: set[str]) -> AsyncIterator[str]:
        queue: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._listeners.add(queue)
        try:
            yield "\n"
            while True:
                event = await queue.get()
                if event["inboxId"] in wanted:
                    yield f"data: {json.dumps(event)}\n\n"
        finally:
            self._listeners.discard(queue)


def _base(address: str) -> str:
    local, _, domain = address.partition("@")
    return f"{local.partition('+')[0]}@{domain}"
