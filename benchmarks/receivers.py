"""The mail servers that benchmarks/waiting.py compares, each in a process of its own on free ports."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from inboxwright.processes import free_port
from tests.contract.servers.programs import MAILDEV, MAILPIT

TOKEN = "benchmark"

FLOOR = """
import asyncio
from aiosmtpd.smtp import SMTP

class Handler:
    def __init__(self): self.by_address = {}
    async def handle_DATA(self, server, session, envelope):
        for address in envelope.rcpt_tos:
            self.by_address.setdefault(address, []).append(envelope.content)
        return "250 OK"

async def main():
    loop, handler = asyncio.get_running_loop(), Handler()
    made = lambda: SMTP(handler, hostname="floor", loop=loop)
    server = await loop.create_server(made, "127.0.0.1", 0, backlog=1024)
    print(server.sockets[0].getsockname()[1], flush=True)
    await asyncio.Event().wait()

asyncio.run(main())
"""
"""aiosmtpd as it comes, keeping mail in a dictionary: neither durable nor reachable for anybody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Receiver:
    """A running one."""

    name: str
    smtp: tuple[str, int]
    url: str
    pid: int
    find: Callable[[httpx.Client, str], int] | None
    """Ask over HTTP for the mail of one address; how many there are."""

    def memory(self) -> float:
        """Resident memory of the process in MB, as Linux counts it."""
        for line in Path(f"/proc/{self.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / 1000
        return 0.0


@contextmanager
def floor() -> Iterator[Receiver]:
    """Bare aiosmtpd."""
    with _process([sys.executable, "-c", FLOOR], pipe=True) as process:
        assert process.stdout is not None
        port = int(process.stdout.readline())
        yield Receiver(name="bare aiosmtpd", smtp=("127.0.0.1", port), url="", pid=process.pid, find=None)


@contextmanager
def ours(data: Path | None, *options: str) -> Iterator[Receiver]:
    """The embedded server, as a run starts it, or on a folder."""
    command = [sys.executable, "-m", "inboxwright.server", *(["--data", str(data)] if data else []), *options]
    with _process(command, pipe=True, env={**os.environ, "INBOXWRIGHT_TOKEN": TOKEN}) as process:
        assert process.stdout is not None
        ready = json.loads(process.stdout.readline())

        def find(client: httpx.Client, address: str) -> int:
            headers = {"Authorization": f"Bearer {TOKEN}"}
            answer = client.get("/v1/messages", params={"address": address}, headers=headers)
            return len(answer.json()["messages"])

        yield Receiver(name="inboxwright", smtp=tuple(ready["smtp"]), url=ready["http"], pid=process.pid, find=find)


@contextmanager
def mailpit() -> Iterator[Receiver]:
    """Mailpit with a database on disk, keeping everything. Raises Missing."""
    smtp, http = free_port(), free_port()
    with tempfile.TemporaryDirectory() as folder:
        command = [str(MAILPIT.path()), "--smtp", f"127.0.0.1:{smtp}", "--listen", f"127.0.0.1:{http}", "--max", "0"]
        command += ["--quiet", "--smtp-disable-rdns", "--disable-version-check", "--db-file", f"{folder}/mail.db"]

        def find(client: httpx.Client, address: str) -> int:
            answer = client.get("/api/v1/search", params={"query": f'addressed:"{address}"'})
            return int(answer.json()["messages_count"])

        with _process(command) as process:
            url = _ready(f"http://127.0.0.1:{http}", "/readyz")
            yield Receiver(name="Mailpit", smtp=("127.0.0.1", smtp), url=url, pid=process.pid, find=find)


@contextmanager
def maildev() -> Iterator[Receiver]:
    """maildev, whose mail lives in memory and in files. Raises Missing."""
    smtp, http = free_port(), free_port()
    with tempfile.TemporaryDirectory() as folder:
        command = ["node", str(MAILDEV.path()), "--smtp", str(smtp), "--web", str(http), "--ip", "127.0.0.1"]
        command += ["--silent", "--mail-directory", folder]

        def find(client: httpx.Client, address: str) -> int:
            return len(client.get("/email", params={"envelope.to.address": address}).json())

        with _process(command) as process:
            url = _ready(f"http://127.0.0.1:{http}", "/healthz")
            yield Receiver(name="maildev", smtp=("127.0.0.1", smtp), url=url, pid=process.pid, find=find)


@contextmanager
def _process(
    command: Sequence[str], *, pipe: bool = False, env: dict[str, str] | None = None
) -> Iterator[subprocess.Popen[str]]:
    out = subprocess.PIPE if pipe else subprocess.DEVNULL
    quiet = None if pipe else subprocess.DEVNULL  # ours says why it does not start
    process = subprocess.Popen(command, stdout=out, stderr=quiet, text=True, env=env)
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdout is not None:
            process.stdout.close()


def _ready(url: str, path: str) -> str:
    deadline = time.monotonic() + 20
    while True:
        try:
            httpx.get(f"{url}{path}", trust_env=False).raise_for_status()
        except httpx.HTTPError:
            if time.monotonic() > deadline:
                raise
        else:
            return url
