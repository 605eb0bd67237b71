"""Nothing acknowledged is lost, and the server never outlives its run."""

import json
import os
import random
import shutil
import signal
import smtplib
import socket
import subprocess
import sys
import threading
import time
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from inboxwright.server.lifecycle import run
from inboxwright.server.serve_options import ServerOptions
from tests.contract.server.process import running, start, stop

KILLS = 100


class Sender(threading.Thread):
    """Sends numbered mail until the server is gone; remembers what was acknowledged."""

    def __init__(self, smtp: tuple[str, int], prefix: str) -> None:
        super().__init__()
        self._smtp = smtp
        self._prefix = prefix
        self.acknowledged: set[str] = set()
        self.tried: set[str] = set()

    def run(self) -> None:
        """Until the connection breaks."""
        try:
            with smtplib.SMTP(*self._smtp, timeout=10) as client:
                for number in range(100_000):
                    name = f"{self._prefix}-{number}"
                    self.tried.add(name)
                    client.sendmail("app@example.com", f"{name}@inbox.test", f"Subject: {name}\r\n\r\n{name}\r\n" * 20)
                    self.acknowledged.add(name)
        except (OSError, smtplib.SMTPException):
            return


def _serve(data: Path, ready: Connection) -> None:
    run(ServerOptions(data=data), ready.send)


def test_100_kills_lose_no_acknowledged_message(tmp_path: Path) -> None:
    chance = random.Random(4)
    acknowledged: set[str] = set()
    tried: set[str] = set()
    context = get_context("forkserver")  # imports the server once, so that a restart takes milliseconds
    context.set_forkserver_preload([__name__])
    for kill in range(KILLS):
        ready, tell = context.Pipe(duplex=False)
        server = context.Process(target=_serve, args=(tmp_path, tell))
        server.start()
        host, port = ready.recv()["smtp"]
        senders = [Sender((host, port), f"k{kill}-s{number}") for number in range(4)]
        for sender in senders:
            sender.start()
        threading.Event().wait(chance.uniform(0, 0.12))
        server.kill()
        server.join()
        for sender in senders:
            sender.join()
            acknowledged |= sender.acknowledged
            tried |= sender.tried

    with running(data=tmp_path) as whole:
        recipients = whole.api("GET", "/v1/recipients")["recipients"]
        totals = whole.api("GET", "/v1/info")

    stored = {each["address"].partition("@")[0]: each["count"] for each in recipients}
    assert len(acknowledged) > 10 * KILLS
    assert acknowledged <= stored.keys()
    assert stored.keys() <= tried
    assert set(stored.values()) == {1}
    assert totals["messages"] == totals["deliveries"] == len(stored)


def test_numbers_are_never_used_twice(tmp_path: Path, address: str) -> None:
    with running(data=tmp_path) as server:
        server.send(address)
        server.send(address)
        head = server.api("GET", "/v1/info")["head"]
        server.api("DELETE", "/v1/messages", {"addresses": [address]})

    with running(data=tmp_path) as server, server.watching(address, after=head) as watch:
        watch.all()
        server.send(address)

        assert [mail["seq"] for mail in watch.all()] == [head + 1]


def test_gone_within_two_seconds_of_the_end_of_its_run() -> None:
    run = (
        "import subprocess, sys, time\n"
        "command = [sys.executable, '-m', 'inboxwright.server', '--tether']\n"
        "server = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)\n"
        "sys.stdout.buffer.write(server.stdout.readline()); sys.stdout.flush(); server.wait()\n"
    )
    with subprocess.Popen([sys.executable, "-c", run], stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        host, port = json.loads(parent.stdout.readline())["smtp"]
        with smtplib.SMTP(host, port) as client:
            client.sendmail("a@example.com", "b@inbox.test", "Subject: x\r\n\r\n")

            parent.send_signal(signal.SIGKILL)
            killed = time.monotonic()
            while _listens(host, port):
                assert time.monotonic() - killed < 2
                threading.Event().wait(0.02)
            client.close()


def test_gone_with_its_run_though_a_process_that_the_run_forked_lives_on() -> None:
    run = (
        "import os, signal, subprocess, sys\n"
        "command = [sys.executable, '-m', 'inboxwright.server', '--tether']\n"
        "server = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)\n"
        "ready = server.stdout.readline()\n"
        "child = os.fork()\n"
        "if child:\n"
        "    sys.stdout.buffer.write(ready + b'%d\\n' % child); sys.stdout.flush()\n"
        "signal.pause()\n"
    )
    with subprocess.Popen([sys.executable, "-c", run], stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        host, port = json.loads(parent.stdout.readline())["smtp"]
        child = int(parent.stdout.readline())
        parent.send_signal(signal.SIGKILL)
        try:
            deadline = time.monotonic() + 20
            while _listens(host, port):
                assert time.monotonic() < deadline
                threading.Event().wait(0.02)
        finally:
            os.kill(child, signal.SIGKILL)


def test_temporary_store_goes_with_the_server(tmp_path: Path) -> None:
    with running(env={"TMPDIR": str(tmp_path)}) as server:
        made = list(tmp_path.iterdir())
        assert server.process.stdin is not None
        server.process.stdin.close()
        server.process.wait(timeout=5)

        assert len(made) == 1
        assert list(tmp_path.iterdir()) == []


def test_store_of_a_killed_server_goes_with_the_next_one(tmp_path: Path) -> None:
    with running(env={"TMPDIR": str(tmp_path)}):
        (left,) = tmp_path.iterdir()

    with running(env={"TMPDIR": str(tmp_path)}):
        (made,) = tmp_path.iterdir()

    assert made != left


def test_terminated_server_ends_cleanly(tmp_path: Path) -> None:
    server = start("--data", str(tmp_path))
    server.send("a@inbox.test")

    server.process.terminate()

    assert server.process.wait(timeout=5) == 0
    stop(server)
    assert {path.name for path in tmp_path.iterdir()} == {"mail.sqlite3", "mail.lock"}


def test_folder_deleted_under_a_server_is_a_clear_end(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "from inboxwright.cli.serve import serve; serve()", "--data", str(tmp_path / "m")]
    ports = ["--smtp", "127.0.0.1:0", "--http", "127.0.0.1:0", "--json"]
    pipe = subprocess.PIPE
    with subprocess.Popen([*command, *ports], stdout=pipe, stderr=pipe, text=True) as process:
        assert process.stdout is not None
        process.stdout.readline()
        shutil.rmtree(tmp_path / "m")
        _, said = process.communicate(timeout=20)

    assert process.returncode == 1
    assert "was deleted or moved while the server ran" in said
    assert "Traceback" not in said


def test_old_messages_go_after_the_retention(address: str) -> None:
    with running("--retention", "1s") as server, server.watching(address) as watch:
        server.send(address)
        assert len(watch.all()) == 1

        deadline = time.monotonic() + 10
        while server.api("GET", "/v1/info")["messages"]:
            assert time.monotonic() < deadline


def _listens(host: str, port: int) -> bool:
    try:
        socket.create_connection((host, port), timeout=2).close()
    except ConnectionRefusedError:
        return False
    return True
