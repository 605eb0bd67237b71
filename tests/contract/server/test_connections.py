"""One bad client does not starve the rest."""

import statistics
import threading
import time
from contextlib import ExitStack

from tests.contract.server.process import Server, running


def test_one_connection_too_many_is_told_so() -> None:
    with running("--max-connections", "2") as server, server.talk(), server.talk(), server.talk() as third:
        assert third.greeting == "421 4.3.2 Too many connections"
        assert third.reply() == ""


def test_limit_counts_per_peer() -> None:
    with running("--max-connections-per-peer", "1") as server, server.talk() as one:
        with server.talk() as two:
            assert two.greeting.startswith("421 4.3.2 ")
        one.close()

        assert _greeted_again(server)


def test_stalled_connections_give_way(address: str) -> None:
    with running("--max-connections", "3") as server, ExitStack() as stack:
        stalled = [stack.enter_context(server.talk()) for _ in range(3)]
        started = time.monotonic()
        while True:
            try:
                server.send(address)
                break
            except OSError:
                assert time.monotonic() - started < 10

        assert stalled[0].reply().startswith("421 4.3.2 ")


def test_idle_connection_is_ended_with_a_reply() -> None:
    with running("--idle-timeout", "0.5s") as server, server.talk() as talk:
        started = time.monotonic()

        assert talk.reply() == "421 4.4.2 Idle for too long"
        assert time.monotonic() - started >= 0.5


def test_octet_now_and_then_is_no_progress() -> None:
    with running("--idle-timeout", "0.6s") as server, server.talk() as talk:
        talk.say("EHLO client.example", "MAIL FROM:<a@example.com>", "RCPT TO:<b@inbox.test>", "DATA")
        ended = threading.Event()

        def drip() -> None:
            while not ended.wait(0.1):
                try:
                    talk.write(b"x")
                except OSError:
                    return

        thread = threading.Thread(target=drip)
        thread.start()
        reply = talk.reply()
        ended.set()
        thread.join()
    assert reply == "421 4.4.2 Idle for too long"


def test_slow_loris_does_not_delay_anothers_delivery(server: Server, address: str) -> None:
    alone = _delays(server, address)

    with ExitStack() as stack:
        for number in range(150):
            talk = stack.enter_context(server.talk())
            talk.write(b"EHLO x\r\nMAIL FROM:<a@example.com>\r\nRCPT TO:<b@inbox.test>\r\nDATA\r\n"[: 10 + number])
        half_open = stack.enter_context(server.talk())
        ended = threading.Event()

        def drip() -> None:
            half_open.write(b"EHLO x\r\nMAIL FROM:<a@example.com>\r\nRCPT TO:<b@inbox.test>\r\nDATA\r\n")
            while not ended.wait(0.01):
                half_open.write(b"x")

        thread = threading.Thread(target=drip)
        thread.start()
        beside = _delays(server, address)
        ended.set()
        thread.join()

    assert statistics.median(beside) < max(0.02, 4 * statistics.median(alone))
    assert max(beside) < 1


def _delays(server: Server, address: str) -> list[float]:
    """Seconds from the connection's start to the waiter awake."""
    delays = []
    with server.watching(address, after=server.api("GET", "/v1/info")["head"]) as watch:
        watch.all()
        for _ in range(20):
            started = time.monotonic()
            server.send(address)
            watch.next()
            delays.append(time.monotonic() - started)
    return delays


def _greeted_again(server: Server) -> bool:
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        with server.talk() as talk:
            if talk.greeting.startswith("220 "):
                return True
    return False
