"""Our own client of the server, when the connection or the server is lost at an unlucky moment."""

import asyncio
import itertools
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from websockets.asyncio.client import ClientConnection
from websockets.asyncio.client import connect as open_socket

from inboxwright import Inbox, MailTimeout, connect
from inboxwright.processes import free_port
from inboxwright.providers import embedded
from inboxwright.providers.embedded import EmbeddedBackend
from tests.contract.server.process import Server, running, stop


@pytest.fixture
def inbox(server: Server) -> Iterator[Inbox]:
    """At a server that somebody else started."""
    with connect("embedded", url=server.url, token=server.token) as provider:
        yield provider.new_inbox("client")


def _backend(inbox: Inbox) -> EmbeddedBackend:
    backend = inbox.core.mailbox.backend
    assert isinstance(backend, EmbeddedBackend)
    return backend


async def _hang_up(backend: EmbeddedBackend) -> None:
    assert backend._socket is not None
    backend._socket.transport.abort()


async def _hang_up_on_a_question(backend: EmbeddedBackend) -> None:
    while not backend._synced:  # noqa: ASYNC110 - asking announces nothing
        await asyncio.sleep(0.001)
    await _hang_up(backend)


def test_a_connection_that_breaks_as_it_comes_back_is_not_the_end(
    server: Server, inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    attempts = itertools.count(1)

    async def fragile(*given: Any, **options: Any) -> ClientConnection:
        socket = await open_socket(*given, **options)
        if next(attempts) <= 2:
            await socket.close()
        return socket

    monkeypatch.setattr(embedded, "connect", fragile)

    inbox.core.submit(_hang_up(_backend(inbox))).result(10)
    server.send(inbox.address, "After the break")

    assert inbox.wait_for_message(timeout=10_000).subject == "After the break"
    assert next(attempts) > 3


def test_a_question_that_a_break_left_unanswered_is_asked_again(server: Server, inbox: Inbox) -> None:
    server.process.send_signal(signal.SIGSTOP)
    with ThreadPoolExecutor(1) as pool:
        asked = pool.submit(inbox.messages)
        inbox.core.submit(_hang_up_on_a_question(_backend(inbox))).result(10)
        server.process.send_signal(signal.SIGCONT)

        assert asked.result(10) == []


def test_a_frame_that_is_not_understood_does_not_end_the_listening(
    server: Server, inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    understand, odd = EmbeddedBackend._message, iter([KeyError("seq")])

    def misunderstand_once(backend: EmbeddedBackend, frame: bytes) -> None:
        for error in odd:
            raise error
        understand(backend, frame)

    monkeypatch.setattr(EmbeddedBackend, "_message", misunderstand_once)

    server.send(inbox.address, "Odd")
    server.send(inbox.address, "Plain")

    assert inbox.wait_for_message(timeout=10_000).subject == "Plain"


def test_a_server_that_begins_a_new_store_is_heard_from_its_first_message_on() -> None:
    smtp, http = free_port(), free_port()
    at = ("--smtp", f"127.0.0.1:{smtp}", "--http", f"127.0.0.1:{http}")
    env = {**os.environ, "INBOXWRIGHT_TOKEN": "the-same-token-0123456789"}

    with running(*at, env=env) as first, connect("embedded", url=first.url, token=first.token, cleanup=False) as ours:
        inbox = ours.new_inbox("restart")
        for number in range(3):
            first.send(inbox.address, f"Before {number}")
        inbox.wait_for_message(subject="Before 2", timeout=10_000)
        stop(first)
        with running(*at, env=env) as second:
            second.send(inbox.address, "After")

            assert inbox.wait_for_message(subject="After", timeout=10_000).subject == "After"


_FORK = """
import os, signal, sys
from inboxwright.providers.embedded_server import EmbeddedServer
server = EmbeddedServer.start()
if os.fork() == 0:
    os.close(1)
    signal.pause()
server.stop()
print(server._process.returncode)
os.killpg(0, signal.SIGKILL)
"""


def test_a_forked_process_does_not_keep_the_server_from_ending_in_order() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _FORK],
        stdout=subprocess.PIPE,
        text=True,
        timeout=60,
        start_new_session=True,
        check=False,
    )

    assert done.stdout == "0\n"


def test_a_wait_says_that_nobody_tried_to_send(inbox: Inbox) -> None:
    with pytest.raises(MailTimeout) as ended, inbox.expect_message(timeout=500):
        pass

    assert "no client connected to the mail server meanwhile" in str(ended.value)


def test_a_wait_says_what_an_application_was_refused(server: Server, inbox: Inbox) -> None:
    with pytest.raises(MailTimeout) as ended, inbox.expect_message(timeout=500), server.talk() as talk:
        talk.say("EHLO app.example", "AUTH PLAIN ?", "QUIT")

    assert "a client at 127.0.0.1 was refused: AUTH PLAIN **** was answered 501" in str(ended.value)
