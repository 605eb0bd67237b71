"""The embedded server: one held connection a process carries all its waits."""

import asyncio
import contextlib
import itertools
import json
import logging
import math
import time
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import httpx
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus, WebSocketException

from inboxwright.address import normal
from inboxwright.config import EmbeddedOptions
from inboxwright.errors import AccessDenied, ProviderError, ProviderUnavailable
from inboxwright.providers.allowance import Allowance
from inboxwright.providers.base import Backend, Capabilities, Deliver, Received
from inboxwright.providers.dialogue import Dialogue, Line
from inboxwright.providers.embedded_server import EmbeddedServer
from inboxwright.retrying import retry_context

_PATIENCE = 15.0
"""Seconds that connecting, or coming back, may take where no wait's own timeout holds."""
_RECONNECT = 0.05
"""Seconds before the first attempt to reach a server that went away; then it doubles …"""
_RECONNECT_MAX = 0.5
"""… up to this."""
_DEAD = 1.0
"""Seconds after which a server of the run's own that does not answer is taken for dead: nobody starts it again."""

_log = logging.getLogger("inboxwright.providers")


class EmbeddedBackend(Backend):
    """Speaks to `inboxwright serve` at `url`; without one, starts a server that dies with this process."""

    capabilities = Capabilities(push=True, wildcard=True, send=True)

    def __init__(self, options: EmbeddedOptions) -> None:
        self.url = options.url or ""
        self.token = options.token or ""
        self._options = options
        self._server: EmbeddedServer | None = None
        self._client: httpx.AsyncClient | None = None
        self._socket: ClientConnection | None = None
        self._connected = asyncio.Event()
        self.ended: asyncio.Event = asyncio.Event()
        self._reader: asyncio.Task[None] | None = None
        self._deliver: dict[str, Deliver] = {}
        self._position: dict[str, int] = {}
        self._store: str | None = None
        """Which store the positions and the ids are of: a server without `--data` has a new one after a restart."""
        self._refusals: dict[str, list[str]] = {}
        self._synced: dict[int, asyncio.Future[int]] = {}
        self._numbers = itertools.count(1)

    async def open(self) -> None:
        """Start the server if it is ours, and connect. Raises ProviderUnavailable or AccessDenied."""
        if not self.url:
            self._server = await asyncio.to_thread(EmbeddedServer.start, self._options)
            self.lives_with_run = True
            self.url, self.token = self._server.url, self._server.token
            self.smtp_address = self._server.smtp_address
        self._client = httpx.AsyncClient(
            base_url=self.url, headers={"Authorization": f"Bearer {self.token}"}, trust_env=False
        )
        if self.smtp_address is None:
            host, port = (await self.call("GET", "/v1/info"))["smtp"]
            self.smtp_address = (host, port)
        await self._connect()
        self._reader = asyncio.create_task(self._read())

    async def close(self) -> None:
        """Disconnect, and end the server if it is ours."""
        if self._reader is not None:
            self._reader.cancel()
            await asyncio.gather(self._reader, return_exceptions=True)
        if self._socket is not None:
            await self._socket.close()
        if self._client is not None:
            await self._client.aclose()
        if self._server is not None:
            await asyncio.to_thread(self._server.stop)

    async def watch(self, address: str, deliver: Deliver) -> None:
        """Have the server push what it holds and what will come for the address."""
        self._deliver[normal(address)] = deliver
        await self._tell({"watch": address, "after": 0})

    async def unwatch(self, address: str) -> None:
        """Stop the pushing."""
        for state in (self._deliver, self._position, self._refusals):
            state.pop(normal(address), None)
        await self._tell({"unwatch": address})

    async def synchronize(self, address: str) -> int:
        """One round trip: the server answers after all that it stored before has been sent.

        Where the connection breaks meanwhile, another one as soon as it is back. Raises ProviderUnavailable.
        """
        async for attempt in retry_context(
            on=ProviderUnavailable, attempts=None, timeout=_PATIENCE, wait_initial=_RECONNECT, wait_max=_RECONNECT_MAX
        ):
            if self.ended.is_set():
                break
            with attempt:
                return await self._synchronize()
        raise self.trouble or ProviderUnavailable(f"the inbox server at {self.url} is away")

    async def _synchronize(self) -> int:
        number = next(self._numbers)
        answer = self._synced[number] = asyncio.get_running_loop().create_future()
        try:
            await self._send({"sync": number})
            position: int = await answer
            return position
        finally:
            del self._synced[number]

    async def delete(self, addresses: Sequence[str]) -> None:
        """Delete the mail of these addresses."""
        await self.call("DELETE", "/v1/messages", {"addresses": list(addresses)})

    async def strays(self, after: int | None) -> Sequence[str]:
        """Who received mail after the position, over all addresses of the server."""
        recipients = (await self.call("GET", f"/v1/recipients?after={after or 0}"))["recipients"]
        return [recipient["address"] for recipient in recipients]

    async def leftovers(self) -> Mapping[str, datetime]:
        """Oldest first, so that the newest message of an address has the last word."""
        found: dict[str, datetime] = {}
        after = 0
        while listed := (await self.call("GET", f"/v1/messages?limit=1000&after={after}"))["messages"]:
            found |= {each["recipient"]: datetime.fromisoformat(each["received_at"]) for each in listed}
            after = listed[-1]["seq"]
        return found

    async def left(self) -> Sequence[Allowance]:
        """The room that `--max-storage` leaves; nothing without it."""
        info = await self.call("GET", "/v1/info")
        limit = info["max_storage"]
        return () if limit is None else (Allowance.of("bytes", used=info["bytes"], limit=limit),)

    async def dialogues(self, within: float) -> Sequence[Dialogue]:
        """What clients said over SMTP, oldest connection first.

        The server says how long ago each line was. The answer takes its time to come, so a line is taken for as late as
        it can have been: none that came within is left out.
        """
        since = time.monotonic() - within
        asked = math.ceil((within + _PATIENCE) * 1000)
        listed = (await self.call("GET", f"/v1/dialogues?within={asked}"))["dialogues"]
        now = time.monotonic()
        dialogues = []
        for each in listed:
            lines = [line for line in each["lines"] if now - line["ago"] / 1000 >= since]
            if lines:
                told = tuple(Line(by=line["by"], text=line["text"]) for line in lines)
                dialogues.append(Dialogue(peer=each["peer"], open=each["open"], lines=told))
        return dialogues

    def refusals(self, address: str) -> Sequence[str]:
        """What the server answered instead of 250."""
        return self._refusals.get(normal(address), ())

    async def call(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        """One request of the server's HTTP interface. Raises ProviderUnavailable, AccessDenied or ProviderError."""
        assert self._client is not None, "the backend is open"  # noqa: S101 - a mistake of ours, not of the user
        try:
            answer = await self._client.request(method, path, json=body)
        except httpx.HTTPError as error:
            raise ProviderUnavailable(f"the inbox server at {self.url} does not answer: {error}") from error
        if answer.status_code in (401, 403):
            raise AccessDenied(f"the inbox server at {self.url} refuses the token; inbox.token must be its own")
        if answer.is_error:
            raise ProviderError(f"the inbox server answered {answer.status_code} to {method} {path}: {answer.text}")
        return answer.json() if answer.content else None

    async def _connect(self) -> None:
        url = self.url.replace("http", "ws", 1) + "/v1/watch"
        headers = {"Authorization": f"Bearer {self.token}"}
        try:
            socket = await connect(
                url,
                additional_headers=headers,
                compression=None,  # loopback: it costs more than it saves
                max_size=None,  # the server's own limit holds
                proxy=None,
                open_timeout=_PATIENCE,
            )
            self._recognize(socket)
            for address in list(self._deliver):
                await socket.send(json.dumps({"watch": address, "after": self._position.get(address, 0)}))
        except InvalidStatus as error:
            if error.response.status_code in (401, 403):
                raise AccessDenied(f"the inbox server at {self.url} refuses the token") from error
            raise ProviderUnavailable(f"the inbox server at {self.url} cannot be watched: {error}") from error
        except (OSError, WebSocketException) as error:
            raise ProviderUnavailable(f"the inbox server at {self.url} does not answer: {error}") from error
        self._socket, self.trouble = socket, None
        self._connected.set()

    def _recognize(self, socket: ClientConnection) -> None:
        response = socket.response
        store = None if response is None else response.headers.get("x-inboxwright-store")
        if store != self._store:
            self._store = store
            self._position.clear()

    async def _tell(self, request: dict[str, Any]) -> None:
        """Send; where the connection is gone, the next one begins with what is watched then."""
        with contextlib.suppress(ProviderUnavailable):
            await self._send(request)

    async def _send(self, request: dict[str, Any]) -> None:
        if self.trouble is not None:
            await self._again()
        assert self._socket is not None, "the backend is open"  # noqa: S101 - a mistake of ours, not of the user
        try:
            await self._socket.send(json.dumps(request))
        except ConnectionClosed as error:
            raise ProviderUnavailable(f"the inbox server at {self.url} went away: {error}") from error

    async def _again(self) -> None:
        try:
            await asyncio.wait_for(self._connected.wait(), _PATIENCE)
        except TimeoutError:
            raise self.trouble or ProviderUnavailable(f"the inbox server at {self.url} is away") from None
        if self.ended.is_set() and self.trouble is not None:
            raise self.trouble

    async def _read(self) -> None:
        while not self.ended.is_set():
            try:
                await self._receive()
            except ConnectionClosed as error:
                reason = str(error)
            else:
                reason = "it closed the connection"
            self._connected.clear()
            self.trouble = ProviderUnavailable(f"the inbox server at {self.url} went away: {reason}")
            for answer in self._synced.values():
                if not answer.done():
                    answer.set_exception(self.trouble)
            await self._reconnect()

    async def _receive(self) -> None:
        assert self._socket is not None, "the backend is open"  # noqa: S101 - a mistake of ours, not of the user
        async for frame in self._socket:
            try:
                if isinstance(frame, bytes):
                    self._message(frame)
                else:
                    self._note(json.loads(frame))
            except Exception:  # noqa: BLE001 - a frame that nobody foresaw must not end the reading
                _log.exception("unexpected")

    async def _reconnect(self) -> None:
        """Try until it works, or until a server of the run's own must be dead.

        A wait that ends meanwhile says that the provider is unreachable.
        """
        began = time.monotonic()
        attempts = retry_context(
            on=ProviderError, attempts=None, timeout=None, wait_initial=_RECONNECT, wait_max=_RECONNECT_MAX
        )
        async for attempt in attempts:
            if self.lives_with_run and time.monotonic() - began > _DEAD:
                self.trouble = ProviderUnavailable(f"the run's own inbox server at {self.url} has died")
                self.ended.set()
                self._connected.set()  # whoever waits for it gets to know
                return
            with attempt:
                try:
                    await self._connect()
                except ProviderError as error:
                    self.trouble = error
                    raise

    def _message(self, frame: bytes) -> None:
        head, _, raw = frame.partition(b"\n")
        fields = json.loads(head)
        address = normal(fields["recipient"])
        self._position[address] = fields["seq"]
        if (deliver := self._deliver.get(address)) is not None:
            deliver(
                Received(
                    id=f"{self._store} {fields['id']}",
                    raw=raw,
                    recipient=fields["recipient"],
                    sender=fields["sender"],
                    received_at=datetime.fromisoformat(fields["received_at"]),
                )
            )

    def _note(self, note: dict[str, Any]) -> None:
        if "synced" in note:
            answer = self._synced.get(note["synced"])
            if answer is not None and not answer.done():
                answer.set_result(note["seq"])
        elif "refused" in note:
            refused = note["refused"]
            text = f"{refused['code']} {refused['reason']}"
            self._refusals.setdefault(normal(refused["recipient"]), []).append(text)
