"""How fast a waiter wakes, how fast mail is accepted, how long the mail of one address takes to find.

    python benchmarks/waiting.py [--quick] [--only wake|accept|lookup] [--json FILE]

Everything in one run on one machine: the embedded server beside bare aiosmtpd (the floor: it keeps mail in a
dictionary), Mailpit with pytest-mailpit's polling, and maildev. Sender, server and waiters are separate processes.
Where a program is missing its row says so; `python -m tests.contract.servers install mailpit maildev` gets them.
"""

import argparse
import asyncio
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

import httpx  # noqa: E402 - the project's folder has to be on the path first

from benchmarks import receivers  # noqa: E402
from benchmarks.filling import fill  # noqa: E402
from benchmarks.polling import polled  # noqa: E402
from benchmarks.receivers import TOKEN, Receiver  # noqa: E402
from benchmarks.senders import Sender, sender  # noqa: E402
from inboxwright import AsyncInbox, connect  # noqa: E402
from tests.contract.servers.programs import Missing  # noqa: E402

Start = Callable[[], AbstractContextManager[Receiver]]
Results = dict[str, dict[str, Any]]


def main() -> None:
    """Measure all of it and print a table with ratios."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="a tenth of everything; the figures are rough")
    parser.add_argument("--only", choices=["wake", "accept", "lookup"], help="one of the three parts")
    parser.add_argument("--json", type=Path, help="write the figures there too")
    arguments = parser.parse_args()
    os.chdir(ROOT)
    scale = 10 if arguments.quick else 1
    results: Results = {}
    with tempfile.TemporaryDirectory() as folder, sender() as application:
        if arguments.only in (None, "wake"):
            wake(results, application, scale)
        if arguments.only in (None, "accept"):
            accept(results, application, scale, Path(folder))
        if arguments.only in (None, "lookup"):
            lookup(results, application, scale, Path(folder))
    if arguments.json:
        arguments.json.write_text(json.dumps(results, indent=2))


# -- from 250 to awake -------------------------------------------------------------------------------------------------


def wake(results: Results, application: Sender, scale: int) -> None:
    """All waiters wait at once; one mail is sent to each, back to back on one connection."""
    print("From the sender's 250 to the waiter awake, in ms (sender, server and waiters in three processes)")
    print(f"{'':34}{'waiters':>9}{'median':>9}{'p95':>9}{'worst':>9}{'lost':>7}")
    for waiters in (1, 64, 1000):
        rounds = max(1, {1: 200, 64: 20, 1000: 3}[waiters] // scale)
        with receivers.ours(None) as server:
            options = {"url": server.url, "token": TOKEN}
            row(
                results,
                "inboxwright",
                waiters,
                asyncio.run(_awake("embedded", options, server, application, waiters, rounds)),
            )
    for start, provider in ((receivers.mailpit, "mailpit"), (receivers.maildev, "maildev")):
        try:
            with start() as server:
                options = {"url": server.url, "smtp": f"{server.smtp[0]}:{server.smtp[1]}"}
                for waiters in (1, 64):
                    rounds = max(1, {1: 20, 64: 3}[waiters] // scale)
                    delays = asyncio.run(_awake(provider, options, server, application, waiters, rounds))
                    row(results, f"{server.name}, waiter: inboxwright", waiters, delays)
                if provider == "mailpit":
                    for waiters in (1, 64):
                        delays = polled(server, application, waiters, max(1, {1: 10, 64: 1}[waiters] // scale))
                        row(results, "Mailpit, waiter: pytest-mailpit", waiters, delays)
        except Missing as missing:
            print(f"{provider:34}{missing}")


async def _awake(
    provider: str, options: dict[str, Any], server: Receiver, application: Sender, waiters: int, rounds: int
) -> list[float | None]:
    delays: list[float | None] = []
    with connect(provider, **options) as mail:
        inboxes = [await mail.new_async_inbox(f"w{number}") for number in range(waiters)]
        for _ in range(rounds):
            inside = asyncio.Semaphore(0)
            sent = asyncio.Event()
            tasks = [asyncio.create_task(_one(inbox, inside, sent)) for inbox in inboxes]
            for _ in inboxes:
                await inside.acquire()
            recipients = [inbox.address for inbox in inboxes]
            sent.set()
            await asyncio.sleep(0.05 + waiters / 1000)  # until all of them wait: what is measured is waking
            acknowledged = await asyncio.to_thread(application.ask, smtp=server.smtp, to=recipients)
            for inbox, task in zip(inboxes, tasks, strict=True):
                awake = await task
                delays.append(None if awake is None else (awake - acknowledged[inbox.address]) * 1000)
    return delays


async def _one(inbox: AsyncInbox, inside: asyncio.Semaphore, sent: asyncio.Event) -> float | None:
    try:
        async with inbox.expect_message(timeout=20_000):
            inside.release()
            await sent.wait()
    except TimeoutError:
        return None
    return time.monotonic()


def row(results: Results, name: str, waiters: int, delays: Sequence[float | None]) -> None:
    """Print one line and keep it."""
    known = sorted(delay for delay in delays if delay is not None)
    lost = len(delays) - len(known)
    figures = {
        "median": statistics.median(known),
        "p95": known[min(len(known) - 1, int(len(known) * 0.95))],
        "worst": known[-1],
        "lost": lost,
    }
    results[f"wake, {name}, {waiters}"] = figures
    first = results.get(f"wake, inboxwright, {waiters}", figures)
    ratio = "" if first is figures else f"  {figures['median'] / max(first['median'], 0.01):,.0f}x inboxwright's median"
    print(
        f"{name:34}{waiters:>9,}{figures['median']:>9.2f}{figures['p95']:>9.2f}{figures['worst']:>9.2f}{lost:>7}{ratio}"
    )


# -- accepting ---------------------------------------------------------------------------------------------------------


def accept(results: Results, application: Sender, scale: int, folder: Path) -> None:
    """Mails a second of 9.7 kB, interleaved: every server in turn, three times, the best of each."""
    print("\nMails accepted a second (9.7 kB), and as a ratio to bare aiosmtpd")
    print(f"{'':34}{'1 connection':>20}{'10 connections':>20}{'one for each mail':>20}")
    starts: list[tuple[str, Start, int]] = [
        ("bare aiosmtpd (nothing kept)", receivers.floor, 1),
        ("inboxwright", lambda: receivers.ours(None), 1),
        ("inboxwright --data", lambda: receivers.ours(folder / "data"), 1),
        ("inboxwright --data --flush", lambda: receivers.ours(folder / "flush", "--flush"), 1),
        ("Mailpit", receivers.mailpit, 1),
        ("maildev", receivers.maildev, 20),
    ]
    best: dict[str, list[float]] = {}
    for _ in range(1 if scale > 1 else 3):
        for name, start, slower in starts:
            try:
                with start() as server:
                    rates = [
                        application.ask(smtp=server.smtp, count=count // scale // slower, connections=number, keep=keep)
                        for count, number, keep in ((2000, 1, True), (2000, 10, True), (1000, 1, False))
                    ]
            except Missing as missing:
                print(f"{name:34}{missing}")
                continue
            best[name] = [max(pair) for pair in zip(best.get(name, rates), rates, strict=True)]
    floor = best[starts[0][0]]
    for name, rates in best.items():
        cells = "".join(f"{rate:>13,.0f} {rate / least:>5.2f}x" for rate, least in zip(rates, floor, strict=True))
        print(f"{name:34}{cells}")
        results[f"accept, {name}"] = {"one": rates[0], "ten": rates[1], "each": rates[2]}


# -- finding -----------------------------------------------------------------------------------------------------------


def lookup(results: Results, application: Sender, scale: int, folder: Path) -> None:
    """The mail of one address over HTTP, on a kept connection; and the server's memory after it."""
    print("\nFinding the mail of one address, median in ms; resident memory of the server in MB")
    print(f"{'':34}{'stored':>9}{'median':>9}{'ratio':>9}{'memory':>9}")
    sizes = [100, 10_000 // scale, 100_000 // scale]
    with ExitStack() as stack:  # all sizes at the same time, so that the machine is the same for each
        servers = []
        for count in sizes:
            data = folder / f"store-{count}"
            fill(data, count)
            servers.append((count, stack.enter_context(receivers.ours(data))))
        medians = _interleaved(servers)
        for (count, server), median in zip(servers, medians, strict=True):
            found(results, "inboxwright", count, median, medians[0], server)
    for start, counts in ((receivers.mailpit, (100, 10_000 // scale)), (receivers.maildev, (100, 1000 // scale))):
        try:
            with start() as server:
                smallest, sent = 0.0, 0
                for count in counts:
                    application.ask(smtp=server.smtp, count=count - sent, connections=4, keep=True)
                    sent = count
                    (median,) = _interleaved([(count, server)])
                    smallest = smallest or median
                    found(results, server.name, count, median, smallest, server)
        except Missing as missing:
            print(f"{'':34}{missing}")


def _interleaved(servers: Sequence[tuple[int, Receiver]]) -> list[float]:
    times: list[list[float]] = [[] for _ in servers]
    with ExitStack() as stack:
        clients = [
            stack.enter_context(httpx.Client(base_url=server.url, timeout=60, trust_env=False)) for _, server in servers
        ]
        for turn in range(200):
            for (_, server), client, taken in zip(servers, clients, times, strict=True):
                if server.find is None or (taken and sum(taken) > 10):
                    continue
                started = time.monotonic()
                number = server.find(client, f"rate0-{turn % 20}@inbox.test")
                taken.append(time.monotonic() - started)
                if number < 1:
                    raise LookupError(f"{server.name} did not find the mail")
    return [statistics.median(taken) * 1000 for taken in times]


def found(results: Results, name: str, count: int, median: float, smallest: float, server: Receiver) -> None:
    """Print one line and keep it."""
    memory = server.memory()
    results[f"find, {name}, {count}"] = {"median": median, "ratio": median / smallest, "memory": memory}
    print(f"{name:34}{count:>9,}{median:>9.2f}{median / smallest:>9.2f}{memory:>9.0f}")


if __name__ == "__main__":
    main()
