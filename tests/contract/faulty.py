"""A proxy in front of a real server that can make the network or the service fail, and heal it again."""

import asyncio
import threading
import time
from dataclasses import dataclass
from typing import Self

_HTTP = (b"GET ", b"POST ", b"PUT ", b"DELETE ", b"HEAD ", b"PATCH ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What the proxy does instead of passing things on."""

    answer: bytes = b""
    """Said instead of the server's answer (HTTP) or greeting (IMAP); then it hangs up."""
    cut: bool = False
    """Connections are reset."""
    delay: float = 0.0
    """Seconds before anything from the server is passed on."""


def http(status: int, reason: str, **headers: str) -> Fault:
    """An HTTP answer without content."""
    lines = [f"HTTP/1.1 {status} {reason}", "Content-Length: 0", "Connection: close"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return Fault(answer=("\r\n".join(lines) + "\r\n\r\n").encode())


def imap(greeting: str) -> Fault:
    """An IMAP server that says goodbye at once (RFC 9051 section 7.1.5)."""
    return Fault(answer=f"* BYE {greeting}\r\n".encode())


CUT = Fault(cut=True)


def slow(seconds: float) -> Fault:
    """Every answer takes so long."""
    return Fault(delay=seconds)


class FaultProxy:
    """Listens at a free port of loopback; `fault` may change at any time and then ends what is connected."""

    def __init__(self, upstream: tuple[str, int], *, speaks: str) -> None:
        self.requests: list[float] = []
        """When each HTTP request came, in monotonic seconds."""
        self.port = 0
        self._upstream = upstream
        self._speaks = speaks
        self._fault: Fault | None = None
        self._next: Fault | None = None
        self._connected: set[asyncio.StreamWriter] = set()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        serving = asyncio.start_server(self._serve, "127.0.0.1", 0)
        server = asyncio.run_coroutine_threadsafe(serving, self._loop).result(5)
        self.port = server.sockets[0].getsockname()[1]
        return self

    def __exit__(self, *_: object) -> None:
        asyncio.run_coroutine_threadsafe(self._end(), self._loop).result(5)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)

    async def _end(self) -> None:
        self._hang_up()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    def fail(self, fault: Fault | None) -> None:
        """From now on; None heals."""
        self._fault = fault
        self._loop.call_soon_threadsafe(self._hang_up)

    def fail_for(self, fault: Fault, seconds: float) -> None:
        """From now on, healed by itself."""
        self.fail(fault)
        self._loop.call_soon_threadsafe(self._loop.call_later, seconds, self.fail, None)

    def fail_next(self, fault: Fault) -> None:
        """The next HTTP request alone; what is connected stays so."""
        self._next = fault

    @property
    def failed_next(self) -> bool:
        """Whether that request came."""
        return self._next is None

    def _hang_up(self) -> None:
        for writer in self._connected:
            writer.transport.abort()
        self._connected.clear()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._fault and self._fault.cut:
            writer.transport.abort()
            return
        if self._fault and self._fault.answer and self._speaks == "imap":
            await self._say(writer, self._fault.answer)
            return
        self._connected.add(writer)
        try:
            upstream_reader, upstream_writer = await asyncio.open_connection(*self._upstream)
        except OSError:
            writer.transport.abort()
            return
        self._connected.add(upstream_writer)
        await asyncio.gather(
            self._requests(reader, upstream_writer, writer),
            self._answers(upstream_reader, writer),
            return_exceptions=True,
        )
        for side in (writer, upstream_writer):
            self._connected.discard(side)
            side.transport.abort()

    async def _requests(
        self, reader: asyncio.StreamReader, upstream: asyncio.StreamWriter, client: asyncio.StreamWriter
    ) -> None:
        while data := await reader.read(65536):
            if data.startswith(_HTTP):
                self.requests.append(time.monotonic())
            fault = self._fault
            if self._next and data.startswith(_HTTP):
                fault, self._next = self._next, None
            if fault and fault.answer:
                await self._say(client, fault.answer)
                upstream.transport.abort()
                return
            upstream.write(data)
            await upstream.drain()
        upstream.transport.abort()

    async def _answers(self, upstream: asyncio.StreamReader, client: asyncio.StreamWriter) -> None:
        while data := await upstream.read(65536):
            if self._fault and self._fault.delay:
                await asyncio.sleep(self._fault.delay)
            client.write(data)
            await client.drain()
        client.transport.abort()

    async def _say(self, writer: asyncio.StreamWriter, answer: bytes) -> None:
        writer.write(answer)
        await writer.drain()
        writer.close()
