"""pytest-mailpit's own waiting, in its own environment: it polls, twice a second unless told otherwise."""

import json
import subprocess
from collections.abc import Sequence
from uuid import uuid4

from benchmarks.receivers import Receiver
from benchmarks.senders import Sender
from tests.contract.server import third_party

SCRIPT = """
import json, sys, threading, time
from pytest_mailpit import MailpitClient

url, addresses = sys.argv[1], json.loads(sys.argv[2])
awake, inside = {}, threading.Barrier(len(addresses) + 1)

def wait(address):
    client = MailpitClient(url)
    inside.wait()
    client.wait_for_message(recipient=address, timeout=20)
    awake[address] = time.monotonic()

threads = [threading.Thread(target=wait, args=(address,)) for address in addresses]
for thread in threads: thread.start()
inside.wait()
time.sleep(0.2)
print("waiting", flush=True)
for thread in threads: thread.join()
print(json.dumps(awake), flush=True)
"""


def polled(server: Receiver, application: Sender, waiters: int, rounds: int) -> Sequence[float | None]:
    """From 250 to awake in ms; None for a waiter that gave up."""
    delays: list[float | None] = []
    for _ in range(rounds):
        addresses = [f"{uuid4().hex[:12]}@inbox.test" for _ in range(waiters)]
        command = [str(third_party.python()), "-c", SCRIPT, server.url, json.dumps(addresses)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
            assert process.stdout is not None
            process.stdout.readline()
            acknowledged = application.ask(smtp=server.smtp, to=addresses)
            awake = json.loads(process.stdout.readline())
        delays += [(awake[a] - acknowledged[a]) * 1000 if a in awake else None for a in addresses]
    return delays
