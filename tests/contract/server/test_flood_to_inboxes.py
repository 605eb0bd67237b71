"""10,000 messages to 200 inboxes of one process: every one gets exactly its own, through the public interface."""

import asyncio
import random
import smtplib
import threading
from collections import Counter, defaultdict

from inboxwright import AsyncInbox, Provider, connect
from tests.unit.server.loops import run

_INBOXES, _SENDERS, _MESSAGES = 200, 8, 10_000
_MAIL = "Subject: {subject}\r\nFrom: app@app.test\r\n\r\nHello.\r\n"


def _look_alike(address: str, choice: int) -> str:
    local, _, domain = address.partition("@")
    return [f"{local}+tag@{domain}", f"{local.upper()}@{domain}", f"x{local}@{domain}", f"{local}@x{domain}"][
        choice % 4
    ]


def _send(provider: Provider, letters: list[tuple[str, str]]) -> None:
    assert provider.smtp_address is not None
    with smtplib.SMTP(*provider.smtp_address) as smtp:
        for address, subject in letters:
            smtp.sendmail("app@app.test", [address], _MAIL.format(subject=subject))


async def _set_faults(inboxes: list[AsyncInbox]) -> None:
    for inbox in inboxes[0::10]:
        await asyncio.to_thread(inbox.faults.duplicate)
    for inbox in inboxes[1::10]:
        await asyncio.to_thread(inbox.faults.delay, 500)
    for inbox in inboxes[2::10]:
        await asyncio.to_thread(inbox.faults.reorder)


async def _flood(provider: Provider) -> tuple[dict[str, Counter[str]], dict[str, Counter[str]]]:
    inboxes = [await provider.new_async_inbox("flood") for _ in range(_INBOXES)]
    await _set_faults(inboxes)
    doubled = {inbox.address for inbox in inboxes[0::10]}
    expected: dict[str, Counter[str]] = defaultdict(Counter)
    letters: list[list[tuple[str, str]]] = [[] for _ in range(_SENDERS)]
    for number in range(_MESSAGES):
        address, subject = inboxes[number % _INBOXES].address, f"message {number}"
        letters[number % _SENDERS].append((address, subject))
        expected[address][subject] += 2 if address in doubled else 1
        if number % 5 == 0:
            letters[number % _SENDERS].append((_look_alike(address, number // 5), f"stray {number}"))
    for batch in letters:
        random.Random(1).shuffle(batch)

    async def receive(inbox: AsyncInbox) -> tuple[str, Counter[str]]:
        count = expected[inbox.address].total()
        async with inbox.expect_messages(count=count, timeout=120_000, settle=1000) as mails:
            ready.release()
            await started.wait()
        return inbox.address, Counter(message.subject for message in await mails.value)

    ready, started = threading.Semaphore(0), asyncio.Event()
    waiting = [asyncio.create_task(receive(inbox)) for inbox in inboxes]
    for _ in inboxes:
        await asyncio.to_thread(ready.acquire)
    senders = [asyncio.create_task(asyncio.to_thread(_send, provider, batch)) for batch in letters]
    started.set()
    received = dict(await asyncio.gather(*waiting))
    await asyncio.gather(*senders)
    return expected, received


def test_every_inbox_gets_exactly_its_own() -> None:
    with connect() as provider:
        expected, received = run(_flood(provider), timeout=240)

    wrong = [address for address in expected if received[address] != expected[address]]
    assert len(received) == _INBOXES
    assert sum(counter.total() for counter in received.values()) == _MESSAGES + _MESSAGES // 10
    assert wrong == []
