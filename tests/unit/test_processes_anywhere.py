"""What must hold on every system, Windows included: what a run starts is gone when the run is, however it ends."""

import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from inboxwright.processes import ManagedProcess, free_port

# The command and its child tell their process ids, and stay.
TREE = """
import os, subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import threading; threading.Event().wait(60)"])
print(os.getpid(), child.pid, flush=True)
child.wait()
"""
RUN = """
import sys
from inboxwright.processes import ManagedProcess
with ManagedProcess([sys.executable, "-c", sys.argv[1]], grace=200) as process:
    while len(told := process.output_tail().split()) < 2:
        process.wait(20)
    print(*told, flush=True)
    sys.stdin.readline()
"""


@pytest.fixture(params=["of the system", "portable"], autouse=True)
def half(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The one that this system has, and the one that every system has."""
    monkeypatch.setenv("INBOXWRIGHT_PROCESSES", "portable" if request.param == "portable" else "")


def _processes(told: str) -> list[psutil.Process]:
    return [psutil.Process(int(pid)) for pid in told.split()]


def _left(processes: list[psutil.Process], seconds: float) -> list[psutil.Process]:
    """Those that still run; a zombie that nobody collects does not."""
    left = psutil.wait_procs(processes, timeout=seconds)[1]
    return [process for process in left if process.status() != psutil.STATUS_ZOMBIE]


def _run() -> "subprocess.Popen[str]":
    return subprocess.Popen([sys.executable, "-c", RUN, TREE], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def test_a_run_that_ends_leaves_nothing() -> None:
    with _run() as run:
        assert run.stdout is not None
        tree = _processes(run.stdout.readline())
        run.communicate("\n")

    assert len(tree) == 2
    assert _left(tree, 0.5) == []


def test_a_run_that_is_killed_leaves_nothing() -> None:
    with _run() as run:
        assert run.stdout is not None
        tree = _processes(run.stdout.readline())
        run.kill()

    assert len(tree) == 2
    assert _left(tree, 5) == []


def test_a_shell_command_and_its_output(tmp_path: Path) -> None:
    log = tmp_path / "app.log"
    with ManagedProcess("echo seen", output=log) as process:
        assert process.wait(10_000) == 0

    assert log.read_text().strip() == "seen"


def test_the_exit_code_is_passed_on() -> None:
    with ManagedProcess([sys.executable, "-c", "raise SystemExit(7)"]) as process:
        assert process.wait(10_000) == 7


def test_free_ports_are_all_different() -> None:
    assert len({free_port() for _ in range(20)}) == 20
