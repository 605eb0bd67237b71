"""10,000 messages, 8 senders, 200 waiters: every waiter gets exactly its own, whatever happens on the way."""

import random
import smtplib
import threading
from collections import Counter
from collections.abc import Sequence

from tests.contract.server.process import Server, running

WAITERS = 200
MESSAGES = 10_000
SENDERS = 8
CONNECTIONS = 4

Mail = tuple[str, str]
"""Recipient and token."""


def test_every_waiter_gets_exactly_its_own() -> None:
    chance = random.Random(10_000)
    waiters = [f"waiter{number:03}@inbox.test" for number in range(WAITERS)]
    mails = [(_recipient(chance, waiters, number), f"token-{number:05}") for number in range(MESSAGES)]
    wanted = {waiter: Counter[str]() for waiter in waiters}
    for recipient, token in mails:
        if recipient in wanted:
            wanted[recipient][token] += 2 if "7@" in recipient else 1

    with running() as server:
        server.api("POST", "/v1/faults", {"kind": "duplicate", "address": "waiter??7@inbox.test"})
        server.api("POST", "/v1/faults", {"kind": "delay", "address": "waiter??8@inbox.test", "delay": 300})
        server.api("POST", "/v1/faults", {"kind": "reorder", "address": "waiter??9@inbox.test", "window": 3})
        server.api(
            "POST", "/v1/faults", {"kind": "refuse", "address": "waiter??6@inbox.test", "code": 451, "count": 50}
        )
        listeners = [Listener(server, waiters[start::CONNECTIONS], wanted) for start in range(CONNECTIONS)]
        for listener in listeners:
            listener.start()
            listener.ready.wait(10)
        senders = [threading.Thread(target=_send, args=(server, mails[n::SENDERS])) for n in range(SENDERS)]
        for sender in senders:
            sender.start()
        for sender in senders:
            sender.join()
        for listener in listeners:
            listener.join(30)

    got: dict[str, Counter[str]] = {}
    for listener in listeners:
        got |= listener.got
    assert sum(listener.wrong for listener in listeners) == 0
    assert got == wanted


class Listener(threading.Thread):
    """Waits for a share of the addresses over one connection, and counts what is not theirs."""

    def __init__(self, server: Server, addresses: Sequence[str], wanted: dict[str, Counter[str]]) -> None:
        super().__init__(daemon=True)
        self._server = server
        self._addresses = addresses
        self._left = sum(wanted[address].total() for address in addresses)
        self.got = {address: Counter[str]() for address in addresses}
        self.wrong = 0
        self.ready = threading.Event()

    def run(self) -> None:
        """Until all that is wanted has come, and then whatever comes on top."""
        with self._server.watching(*self._addresses) as watch:
            watch.all()
            self.ready.set()
            while self._left > 0:
                self._take(watch.next(timeout=30))
            for frame in watch.all():
                self._take(frame)

    def _take(self, frame: dict[str, object]) -> None:
        if "refused" in frame:
            return
        recipient, raw = str(frame["recipient"]), frame["raw"]
        assert isinstance(raw, bytes)
        meant_for, token = raw.split(b"\r\n")[0].decode().removeprefix("Subject: ").split(" ")
        if recipient not in self.got or meant_for != recipient:
            self.wrong += 1
            return
        self.got[recipient][token] += 1
        self._left -= 1


def _recipient(chance: random.Random, waiters: Sequence[str], number: int) -> str:
    waiter = waiters[number % WAITERS]
    local, _, domain = waiter.partition("@")
    if chance.random() < 0.8:
        return waiter
    look_alikes = (
        f"{local.upper()}@{domain}",
        f"{local}+tag@{domain}",
        f"x{local}@{domain}",
        f"{local}x@{domain}",
        f"{local}@sub.{domain}",
        f"{local}@{domain}s",
        f"{local[:6]}.{local[6:]}@{domain}",
        f"{local[:-1]}@{domain}",
    )
    return chance.choice(look_alikes)


def _send(server: Server, mails: Sequence[Mail]) -> None:
    with smtplib.SMTP(*server.smtp, timeout=30) as client:
        for recipient, token in mails:
            while True:  # as an application's queue does after 451
                try:
                    client.sendmail("app@example.com", recipient, f"Subject: {recipient} {token}\r\n\r\n")
                    break
                except smtplib.SMTPRecipientsRefused:
                    continue
