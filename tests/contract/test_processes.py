"""Several processes, and a mail system that goes away for a while."""

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from inboxwright import Inbox
from tests.contract.mail import Post
from tests.contract.servers import Server
from tests.contract.targets import Target

_ROOT = Path(__file__).parents[2]


def test_four_processes_do_not_disturb_each_other(server: Server, target: Target) -> None:
    tasks = [
        json.dumps({"provider": server.provider, "options": server.options, "smtp": server.smtp}) for _ in range(4)
    ]

    def run(task: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "tests.contract.worker"]
        return subprocess.run(command, input=task, capture_output=True, text=True, timeout=120, cwd=_ROOT, check=False)

    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(run, tasks))

    assert [(worker.returncode, worker.stderr) for worker in done] == [(0, "")] * 4, target.name


def test_a_restart_in_the_middle_of_a_wait_is_survived(
    server: Server, inbox: Inbox, post: Post, target: Target
) -> None:
    with ThreadPoolExecutor(1) as pool:
        wait = pool.submit(inbox.wait_for_message, timeout=30_000)
        server.stop()
        server.start()
        post.patiently(inbox.address, "After the restart")
        subject = wait.result().subject

    assert subject == "After the restart", target.name


def test_a_restart_between_two_mails_loses_neither(server: Server, inbox: Inbox, post: Post, target: Target) -> None:
    with inbox.expect_message(timeout=10_000) as first:
        post(inbox.address, "Before")
    server.stop()
    server.start()
    with inbox.expect_message(timeout=30_000, settle=500) as second:
        post.patiently(inbox.address, "After")

    assert [first.value.subject, second.value.subject] == ["Before", "After"], target.name
