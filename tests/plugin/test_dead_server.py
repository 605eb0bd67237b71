"""The run's own mail server has died: no wait sits out its timeout for that."""

import re
from pathlib import Path

from tests.plugin.inner import run

SUITE = """
    import os
    import signal
    import subprocess

    def servers_of(run):
        listed = subprocess.run(["ps", "-eo", "pid,ppid,args"], capture_output=True, text=True).stdout
        rows = [line.split(None, 2) for line in listed.splitlines()[1:]]
        return [int(pid) for pid, parent, args in rows if int(parent) == run and "inboxwright.server" in args]

    def test_first(new_inbox):
        inbox = new_inbox()
        (server,) = servers_of(os.getpid())
        os.kill(server, signal.SIGKILL)
        inbox.wait_for_message(timeout=60_000)

    def test_second(new_inbox):
        new_inbox().wait_for_message(timeout=60_000)

    def test_third(inbox):
        with inbox.expect_message(timeout=60_000):
            pass
"""


def test_a_dead_server_ends_each_wait_at_once_and_is_named(tmp_path: Path) -> None:
    ran = run(tmp_path, SUITE, "--durations=0", "--durations-min=0")

    took = [float(seconds) for seconds in re.findall(r"([\d.]+)s (?:call|setup)\s+\S*::test_", ran.out)]
    assert len(took) >= 3
    assert max(took) < 30, ran.out  # half of one timeout, on a busy machine; a second or two on a quiet one
    assert "the provider is unreachable" in ran.out
    assert ran.out.count("has died") >= 2
    assert "see what ended it" in ran.out
