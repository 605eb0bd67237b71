"""What the stubs share: a store that outlives a restart, SMTP in front of it, and HTTP that checks a key."""

import asyncio
import base64
import email
import email.policy
import pickle
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any

import uvicorn
from aiosmtpd.smtp import SMTP, Envelope, Session
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

KEY = "contract-key-0123456789-0123456789"
_STORE = Path("store.pickle")


class Refused(Exception):
    """The request is answered with this status and this JSON instead."""

    def __init__(self, status: int, body: Any) -> None:
        super().__init__(status)
        self.status = status
        self.body = body


class Stub(ABC):
    """One service. `state` is pickled into the working folder at every change: a restart loses nothing."""

    state: Any

    def __init__(self) -> None:
        self.arrived = asyncio.Condition()
        self.state = pickle.loads(_STORE.read_bytes()) if _STORE.exists() else self.fresh()

    @abstractmethod
    def fresh(self) -> Any:
        """The state at the very beginning."""

    @abstractmethod
    def routes(self) -> Sequence[Route]:
        """What the service answers."""

    @abstractmethod
    def allowed(self, request: Request) -> bool:
        """Whether the request carries the key."""

    @abstractmethod
    def denied(self) -> Any:
        """The service's own JSON for a request without it."""

    @abstractmethod
    def accept(self, sender: str, recipients: Sequence[str], raw: bytes) -> None:
        """Store one mail."""

    @abstractmethod
    def stored(self, address: str) -> int:
        """How many messages it holds for the envelope recipient."""

    def save(self) -> None:
        """Write the state down."""
        _STORE.write_bytes(pickle.dumps(self.state))

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's
        """Store, and wake whoever waits."""
        content = envelope.original_content or b""
        self.accept(envelope.mail_from or "", envelope.rcpt_tos, content)
        self.save()
        async with self.arrived:
            self.arrived.notify_all()
        return "250 2.0.0 OK"

    async def until(self, there: Callable[[], bool], seconds: float) -> bool:
        """Hold a request until something is there."""
        try:
            async with asyncio.timeout(seconds), self.arrived:
                await self.arrived.wait_for(there)
        except TimeoutError:
            return False
        return True


Handler = Callable[[Request], Awaitable[Response]]


def route(stub: Stub, path: str, method: str, answer: Callable[[Request], Awaitable[Any]]) -> Route:
    """One request; what is no Response is sent as JSON, and every change is saved."""

    async def handle(request: Request) -> Response:
        if not stub.allowed(request):
            return JSONResponse(stub.denied(), 401)
        try:
            answered = await answer(request)
        except Refused as refused:
            return JSONResponse(refused.body, refused.status)
        if method != "GET":
            stub.save()
        return answered if isinstance(answered, Response) else JSONResponse(answered)

    return Route(path, handle, methods=[method])


def header(raw: bytes, name: str) -> str:
    """One field of a message, decoded."""
    return str(email.message_from_bytes(raw, policy=email.policy.default).get(name, ""))


def named(raw: bytes, field: str) -> list[tuple[str, str]]:
    """Names and addresses in a field."""
    return email.utils.getaddresses([header(raw, field)])


def basic(user: str, password: str) -> str:
    """The Authorization header of RFC 7617."""
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()


async def serve(stub: Stub, smtp: int, http: int) -> None:
    """Until the process is told to end."""

    async def ready(_: Request) -> Response:
        return JSONResponse({"ready": True})

    async def stored(request: Request) -> Response:
        return JSONResponse({"stored": stub.stored(request.query_params["address"])})

    own = [Route("/_ready", ready), Route("/_stored", stored)]
    loop = asyncio.get_running_loop()
    listening = await loop.create_server(
        lambda: SMTP(stub, hostname="stub", data_size_limit=50_000_000, enable_SMTPUTF8=True, loop=loop),
        "127.0.0.1",
        smtp,
    )
    app = Starlette(routes=[*own, *stub.routes()])
    config = uvicorn.Config(app, host="127.0.0.1", port=http, log_level="warning", timeout_graceful_shutdown=1)
    async with listening:
        await uvicorn.Server(config).serve()
