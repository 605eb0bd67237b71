"""An application that sends, in a process of its own: commands come as JSON lines, answers go back the same way.

One write a command and no pipelining, as SMTP libraries do, but without their cost: the server is what is measured.
"""

import json
import os
import random
import socket
import subprocess
import sys
import threading
import time
from base64 import encodebytes
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

_BODY = encodebytes(random.Random(1).randbytes(7000)).decode().replace("\n", "\r\n")


def mail(to: str) -> bytes:
    """9.7 kB, and a link that a test would follow."""
    link = "https://app.example.com/confirm/0a1b2c3d4e5f6a7b8c9d0e1f"
    head = f"From: App <app@example.com>\r\nTo: {to}\r\nSubject: Confirm your email\r\nMessage-ID: <{to}>\r\n\r\n"
    return f"{head}Follow {link}\r\n\r\n{_BODY}".encode()


class Connection:
    """One SMTP connection."""

    def __init__(self, smtp: tuple[str, int]) -> None:
        self._socket = socket.create_connection(smtp)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._replies = self._socket.makefile("rb")
        self._reply(b"220")
        self._say(b"EHLO bench.example\r\n", b"250")

    def send(self, to: str) -> float:
        """Send one mail; when its 250 was read, by the system's monotonic clock."""
        self._say(b"MAIL FROM:<app@example.com>\r\n", b"250")
        self._say(b"RCPT TO:<" + to.encode() + b">\r\n", b"250")
        self._say(b"DATA\r\n", b"354")
        self._say(mail(to) + b".\r\n", b"250")
        return time.monotonic()

    def close(self) -> None:
        """With QUIT, as it should be."""
        self._say(b"QUIT\r\n", b"221")
        self._replies.close()
        self._socket.close()

    def _say(self, data: bytes, code: bytes) -> None:
        self._socket.sendall(data)
        self._reply(code)

    def _reply(self, code: bytes) -> None:
        while (line := self._replies.readline())[3:4] == b"-":
            pass
        if not line.startswith(code):
            raise ConnectionError(f"{code!r} was expected, {line!r} came")


def one_each(smtp: tuple[str, int], recipients: Sequence[str]) -> dict[str, float]:
    """One mail to each over one connection, back to back; when each was acknowledged."""
    connection = Connection(smtp)
    acknowledged = {to: connection.send(to) for to in recipients}
    connection.close()
    return acknowledged


def rate(smtp: tuple[str, int], count: int, connections: int, *, keep: bool) -> float:
    """Mails a second, over kept connections or with one for each mail."""
    share = count // connections
    ready = threading.Barrier(connections + 1)
    failures: list[BaseException] = []

    def work(number: int) -> None:
        try:
            kept = Connection(smtp) if keep else None
            ready.wait()
            for mail_number in range(share):
                connection = kept or Connection(smtp)
                connection.send(f"rate{number}-{mail_number}@inbox.test")
                if not keep:
                    connection.close()
        except BaseException as error:  # noqa: BLE001 - the numbers of a failed run must not be printed
            failures.append(error)
            ready.abort()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(connections)]
    for thread in threads:
        thread.start()
    ready.wait()
    started = time.monotonic()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
    return share * connections / (time.monotonic() - started)


class Sender:
    """The process, from the outside."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def ask(self, **command: Any) -> Any:
        """One command; its answer. Blocks."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(command) + "\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())


@contextmanager
def sender() -> Iterator[Sender]:
    """Start one; it ends with its standard input."""
    command = [sys.executable, "-m", "benchmarks.senders"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, env=os.environ | {"PYTHONPATH": "."}) as process:
        yield Sender(process)
        assert process.stdin is not None
        process.stdin.close()


def main() -> None:
    """Obey until the input ends."""
    for line in sys.stdin:
        command = json.loads(line)
        smtp = (command["smtp"][0], command["smtp"][1])
        if "to" in command:
            answer: Any = one_each(smtp, command["to"])
        else:
            answer = rate(smtp, command["count"], command["connections"], keep=command["keep"])
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
