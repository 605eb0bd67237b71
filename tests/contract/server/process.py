"""A server in a process of its own, and clients that speak to it without any of our code."""

import json
import smtplib
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import httpx
from websockets.sync.client import ClientConnection, connect

MAIL = "Subject: {subject}\r\nFrom: app@example.com\r\nTo: {to}\r\n\r\n{body}\r\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """Where it listens."""

    process: subprocess.Popen[str]
    smtp: tuple[str, int]
    url: str
    token: str

    def http(self) -> httpx.Client:
        """A client that knows the token."""
        return httpx.Client(
            base_url=self.url, headers={"Authorization": f"Bearer {self.token}"}, timeout=20, trust_env=False
        )

    def api(self, method: str, path: str, body: Any = None, **options: Any) -> Any:
        """One request; its JSON."""
        with self.http() as client:
            response = client.request(method, path, json=body, **options)
        assert response.is_success, response.text
        return response.json()

    def send(
        self, to: str | Sequence[str], subject: str = "Hello", body: str = "Hi", sender: str = "app@example.com"
    ) -> dict[str, tuple[int, bytes]]:
        """One mail; the recipients that were refused."""
        recipients = [to] if isinstance(to, str) else list(to)
        with smtplib.SMTP(*self.smtp, timeout=20) as client:
            return client.sendmail(
                sender, recipients, MAIL.format(subject=subject, to=", ".join(recipients), body=body)
            )

    def talk(self) -> "Talk":
        """A raw SMTP connection."""
        return Talk(self.smtp)

    @contextmanager
    def watching(self, *addresses: str, after: int = 0) -> Iterator["Watch"]:
        """A watch connection, in step with the server."""
        url = f"{self.url.replace('http', 'ws', 1)}/v1/watch"
        headers = {"Authorization": f"Bearer {self.token}"}
        with connect(url, additional_headers=headers, compression=None, max_size=None, proxy=None) as socket_:
            watch = Watch(socket_)
            for address in addresses:
                watch.say({"watch": address, "after": after})
            yield watch


class Watch:
    """The client's end of `WS /v1/watch`."""

    def __init__(self, connection: ClientConnection) -> None:
        self._connection = connection
        self._syncs = 0

    def say(self, request: dict[str, Any]) -> None:
        """Send one request."""
        self._connection.send(json.dumps(request))

    def next(self, timeout: float = 10) -> dict[str, Any]:
        """The next frame; a message has its bytes under "raw"."""
        frame = self._connection.recv(timeout)
        if isinstance(frame, str):
            told: dict[str, Any] = json.loads(frame)
            return told
        header, _, raw = frame.partition(b"\n")
        return {**json.loads(header), "raw": raw}

    def all(self) -> list[dict[str, Any]]:
        """Everything that was stored before this call, and not read yet."""
        self._syncs += 1
        self.say({"sync": self._syncs})
        frames: list[dict[str, Any]] = []
        while (frame := self.next()).get("synced") != self._syncs:
            frames.append(frame)
        return frames


class Talk:
    """Line by line."""

    def __init__(self, address: tuple[str, int]) -> None:
        self.socket = socket.create_connection(address, timeout=15)
        self._lines = self.socket.makefile("rb")
        self.greeting = self.reply()

    def reply(self) -> str:
        """One reply, all its lines; empty once the connection is closed."""
        lines: list[str] = []
        while line := self._lines.readline():
            lines.append(line.decode().rstrip("\r\n"))
            if line[3:4] != b"-":
                break
        return "\n".join(lines)

    def write(self, data: bytes) -> None:
        """Send as it is."""
        self.socket.sendall(data)

    def say(self, *commands: str) -> list[str]:
        """Send commands one after the other; their replies."""
        replies = []
        for command in commands:
            self.write(command.encode() + b"\r\n")
            replies.append(self.reply())
        return replies

    def close(self) -> None:
        """Hang up."""
        self._lines.close()
        self.socket.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *about: object) -> None:
        self.close()


def start(*arguments: str, env: dict[str, str] | None = None, module: str = "inboxwright.server") -> Server:
    """Start one and wait until it is ready."""
    command = [sys.executable, "-m", module, "--smtp", "127.0.0.1:0", "--http", "127.0.0.1:0", *arguments]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=env)
    assert process.stdout is not None
    line = process.stdout.readline()
    assert line, f"{command} ended with {process.wait()} before it was ready"
    ready = json.loads(line)
    host, port = ready["smtp"]
    return Server(process=process, smtp=(host, port), url=ready["http"], token=ready["token"])


def stop(server: Server) -> None:
    """End it, whatever it is doing."""
    assert server.process.stdin is not None
    assert server.process.stdout is not None
    server.process.kill()
    server.process.wait()
    server.process.stdin.close()
    server.process.stdout.close()


@contextmanager
def running(*arguments: str, data: Path | None = None, env: dict[str, str] | None = None) -> Iterator[Server]:
    """A server for one test."""
    kept = () if data is None else ("--data", str(data))
    server = start("--tether", *kept, *arguments, env=env)
    try:
        yield server
    finally:
        stop(server)
