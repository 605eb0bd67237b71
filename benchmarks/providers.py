"""How long after the application's 250 a waiter is awake, per provider: ours beside the usual way, on the same server.

    python benchmarks/providers.py [--rounds 30] [--only mailpit,dovecot] [--json FILE]

Both wait for each other mail in turn, so that what else the machine does strikes both; on a queue, whose messages only
one client sees, one after the other. The application sends from a process of its own, at a random moment 0.2 to 1.2 s
after the wait began; the message must have been read as a whole.
What a mail system or a client needs is installed into .cache/.
"""

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import threading
import time
import venv
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.providers_usual import USUAL, Usual  # noqa: E402 - the project's folder has to be on the path first
from benchmarks.senders import Sender, sender  # noqa: E402
from inboxwright import Provider, connect  # noqa: E402
from tests.contract.servers import SERVERS, Missing, Server  # noqa: E402
from tests.contract.servers.programs import CACHE  # noqa: E402

_HOME = CACHE / "benchmark-clients"
_ENOUGH = 10
"""How many times faster than polling ours has to be."""


class UsualClient:
    """The usual way in its own process."""

    def __init__(self, usual: Usual, options: dict[str, Any]) -> None:
        self._process = subprocess.Popen(
            [str(_python(usual.packages)), "-c", usual.script, json.dumps(options)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def wait(self, address: str, send: threading.Event) -> float:
        """When it was awake, by the machine's monotonic clock."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{address}\n")
        self._process.stdin.flush()
        if self._process.stdout.readline().strip() != "waiting":
            raise SystemExit("the usual client ended; its error is above")
        send.set()
        return float(self._process.stdout.readline())

    def close(self) -> None:
        """End it."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(20)


def _python(packages: tuple[str, ...]) -> Path:
    home = _HOME / "-".join(packages).replace("=", "")
    interpreter = home / "bin" / "python"
    if not (home / "ready").exists():
        venv.create(home, with_pip=True, clear=True)
        subprocess.run([interpreter, "-m", "pip", "install", "-q", *packages], check=True, timeout=300)
        (home / "ready").touch()
    return interpreter


def _ours(provider: Provider, send: threading.Event, address: list[str]) -> float:
    inbox = provider.new_inbox("bench")
    with inbox.expect_message(timeout=30_000):
        address.append(inbox.address)
        send.set()
    return time.monotonic()


def _delay(application: Sender, server: Server, wait: Any, address: list[str]) -> float:
    """Milliseconds from the 250 to the waiter awake."""
    send = threading.Event()
    with ThreadPoolExecutor(1) as pool:
        awake = pool.submit(wait, send)
        if not send.wait(30):
            return awake.result() and 0.0
        threading.Event().wait(random.uniform(0.2, 1.2))
        acknowledged = application.ask(smtp=server.smtp, to=address)[address[0]]
        return float((awake.result() - acknowledged) * 1000)


def measure(usual: Usual, application: Sender, rounds: int) -> tuple[list[float], list[float]]:
    """Delays in milliseconds: ours, theirs. Raises Missing."""
    SERVERS[usual.server].program.install()
    with ExitStack() as stack:
        server = stack.enter_context(SERVERS[usual.server]())
        options = server.options
        client = stack.enter_context(_client(usual, options))

        def slow(number: int) -> float:
            to = _address(options, f"usual{number}")
            return _delay(application, server, lambda send: client.wait(to, send), [to])

        def fast(provider: Provider) -> float:
            address: list[str] = []
            return _delay(application, server, lambda send: _ours(provider, send, address), address)

        numbers = range(rounds + 1)
        before = None if usual.takes_turns else [slow(number) for number in numbers]
        provider = stack.enter_context(connect(server.provider, **options))
        pairs = [(before[number] if before else slow(number), fast(provider)) for number in numbers]
    theirs, ours = zip(*pairs[1:], strict=True)  # the first of each only warms up
    return list(ours), list(theirs)


def _address(options: dict[str, Any], name: str) -> str:
    user, _, host = options.get("plus", "@inbox.test").partition("@")
    return f"{user}+{name}@{host}" if user else f"{name}@{host}"


@contextmanager
def _client(usual: Usual, options: dict[str, Any]) -> Iterator[UsualClient]:
    client = UsualClient(usual, options)
    try:
        yield client
    finally:
        client.close()


def _p95(delays: list[float]) -> float:
    return sorted(delays)[min(len(delays) - 1, int(len(delays) * 0.95))]


def main() -> int:
    """The exit code is 1 if ours is slower somewhere, or not ten times faster than polling."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument("--only", help="mail systems with commas between")
    parser.add_argument("--json", type=Path, help="write all delays there")
    arguments = parser.parse_args()
    os.chdir(ROOT)
    random.seed(5)
    chosen = [usual for usual in USUAL if not arguments.only or usual.server in arguments.only.split(",")]
    kept: dict[str, Any] = {}
    failed = False
    print("milliseconds from the sender's 250 to the waiter awake, the whole message read")
    print(f"{'mail system':12}{'ours':>9}{'p95':>9}   {'median':>9}{'p95':>9}  the usual way")
    with sender() as application:
        for usual in chosen:
            try:
                ours, theirs = measure(usual, application, arguments.rounds)
            except Missing as missing:
                print(f"{usual.server:12} not here: {missing}")
                failed = True
                continue
            fast, slow = statistics.median(ours), statistics.median(theirs)
            enough = slow >= fast * (_ENOUGH if usual.polls else 1)
            failed |= not enough
            print(
                f"{usual.server:12}{fast:9.1f}{_p95(ours):9.1f}   {slow:9.1f}{_p95(theirs):9.1f}  {usual.says}"
                f" ({slow / max(fast, 0.1):.0f} times ours{'' if enough else ': NOT ENOUGH'})",
                flush=True,
            )
            kept[f"{usual.server}, {usual.says}"] = {"ours": ours, "usual": theirs}
    if arguments.json:
        arguments.json.write_text(json.dumps(kept, indent=2))
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
