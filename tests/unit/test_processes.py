"""A child process, and all that it started, ends with the run, however the run ends."""

import contextlib
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from inboxwright.errors import ConfigError
from inboxwright.processes import ManagedProcess, end_tree, free_port

TREE = """
sh -c 'trap "" TERM; echo deaf >&9; while :; do sleep 60; done' &
{own_session} sh -c 'echo apart >&9; sleep 60' &
echo first >&9; sleep 60
"""
OWN_SESSION = "setsid" if sys.platform == "linux" else ""  # only Linux lets the supervisor find such a process


class Witness:
    """A named pipe that every process of a tree holds open: its end says that all of them are gone."""

    def __init__(self, folder: Path) -> None:
        path = folder / "witness"
        os.mkfifo(path)
        self._reader = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
        self.opened = f"exec 9>{path}; "

    def read(self, seconds: float) -> bytes:
        """What the processes wrote next; empty when none of them is left."""
        select.select([self._reader], [], [], seconds)
        with contextlib.suppress(BlockingIOError):
            return os.read(self._reader, 1000)
        raise AssertionError(f"processes are still there after {seconds} s and say nothing")

    def wait_for(self, *words: bytes) -> None:
        heard = b""
        while not all(word in heard for word in words):
            heard += self.read(5)

    def all_gone(self, within: float) -> bool:
        deadline = time.monotonic() + within
        while self.read(max(0, deadline - time.monotonic())):
            pass
        return True

    def close(self) -> None:
        os.close(self._reader)


@pytest.fixture(params=["posix", "portable"], autouse=True)
def half(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both halves keep the same promises."""
    monkeypatch.setenv("INBOXWRIGHT_PROCESSES", request.param)
    return str(request.param)


@pytest.fixture
def witness(tmp_path: Path) -> Iterator[Witness]:
    pipe = Witness(tmp_path)
    yield pipe
    pipe.close()


@pytest.fixture
def tree(witness: Witness) -> str:
    """A command that starts a child that ignores SIGTERM and one in a session of its own."""
    return witness.opened + TREE.format(own_session=OWN_SESSION)


def run_that_starts(command: str, more: str = "") -> "subprocess.Popen[bytes]":
    script = (
        "import os, signal, sys\n"
        "from inboxwright.processes import ManagedProcess\n"
        "process = ManagedProcess(sys.argv[1], grace=200).start()\n"
        f"{more}\n"
        "signal.pause()\n"
    )
    return subprocess.Popen([sys.executable, "-c", script, command])


def test_the_exit_code_is_passed_on() -> None:
    with ManagedProcess("exit 7") as process:
        assert process.wait(5000) == 7


def test_a_signal_is_told_as_a_shell_tells_it() -> None:
    with ManagedProcess("kill -SEGV $$") as process:
        assert process.wait(5000) == 128 + signal.SIGSEGV


def test_a_running_process_has_no_exit_code() -> None:
    with ManagedProcess(["sleep", "60"]) as process:
        assert process.poll() is None
        assert process.wait(10) is None


def test_both_outputs_are_kept_in_order(tmp_path: Path) -> None:
    log = tmp_path / "logs" / "app.log"

    with ManagedProcess("echo one; echo two >&2; echo three", output=log) as process:
        process.wait(5000)

    assert log.read_text() == "one\ntwo\nthree\n"
    assert process.output_tail(2) == "two\nthree"


def test_the_tail_outlives_a_temporary_output() -> None:
    with ManagedProcess("echo seen") as process:
        process.wait(5000)

    assert process.output_tail() == "seen"


def test_the_environment_is_added_to(tmp_path: Path) -> None:
    with ManagedProcess('echo "$GREETING $HOME"; pwd', env={"GREETING": "hello"}, cwd=tmp_path) as process:
        process.wait(5000)

    assert process.output_tail().splitlines() == [f"hello {os.environ['HOME']}", str(tmp_path.resolve())]


def test_a_command_that_does_not_exist_is_named() -> None:
    with pytest.raises(ConfigError, match="cannot run 'no-such-command --flag': no-such-command: No such file"):
        ManagedProcess(["no-such-command", "--flag"]).start()


def test_a_directory_that_does_not_exist_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"there is no directory '.*nowhere'"):
        ManagedProcess("true", cwd=tmp_path / "nowhere").start()


def test_stop_ends_the_whole_tree(tree: str, witness: Witness) -> None:
    with ManagedProcess(tree, grace=200):
        witness.wait_for(b"first", b"deaf", b"apart")

    assert witness.all_gone(within=0.1)


def test_what_a_finished_command_left_behind_is_ended(witness: Witness) -> None:
    with ManagedProcess(witness.opened + "sleep 60 & exit 4") as process:
        assert process.wait(5000) == 4
        assert witness.all_gone(within=0.1)


def test_the_grace_lets_a_process_finish(tmp_path: Path) -> None:
    done = tmp_path / "done"
    command = f"trap 'echo yes > {done}; exit 0' TERM; echo ready; while :; do sleep 0.05; done"

    with ManagedProcess(command, grace=3000) as process:
        while "ready" not in process.output_tail():
            process.wait(10)

    assert done.read_text() == "yes\n"
    assert process.poll() == 0


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_the_tree_is_gone_when_the_run_is_killed(tree: str, witness: Witness, number: signal.Signals) -> None:
    run = run_that_starts(tree)
    witness.wait_for(b"first", b"deaf", b"apart")

    run.send_signal(number)
    run.wait()

    assert witness.all_gone(within=20)  # a busy machine takes its time; by themselves they would stay for a minute


def test_a_fork_of_the_run_does_not_keep_the_tree_alive(tree: str, witness: Witness) -> None:
    run = run_that_starts(tree, more="os.fork() or signal.alarm(40)")
    witness.wait_for(b"first", b"deaf", b"apart")

    run.kill()
    run.wait()

    assert witness.all_gone(within=20)


def test_stop_works_when_the_supervisor_was_killed(witness: Witness) -> None:
    process = ManagedProcess(witness.opened + "echo up >&9; sleep 60 & sleep 60").start()
    witness.wait_for(b"up")
    assert process.pid is not None
    supervisor = subprocess.run(["ps", "-o", "ppid=", "-p", str(process.pid)], capture_output=True, check=True)

    os.kill(int(supervisor.stdout), signal.SIGKILL)
    process.stop()

    assert witness.all_gone(within=20)


def test_a_half_that_does_not_exist_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INBOXWRIGHT_PROCESSES", "windows")

    with pytest.raises(ConfigError, match='INBOXWRIGHT_PROCESSES is "windows"; it must be "portable"'):
        ManagedProcess("true").start()


def test_a_tree_that_nobody_supervises_can_be_ended_too(witness: Witness) -> None:
    command = f"{witness.opened} sh -c 'echo up >&9; sleep 60' & sleep 60"
    top = subprocess.Popen(["sh", "-c", command], start_new_session=True)
    witness.wait_for(b"up")

    end_tree(top.pid, grace=200)
    top.wait()

    assert witness.all_gone(within=0.5)


def test_stop_may_be_called_twice_and_before_start() -> None:
    process = ManagedProcess("true")
    process.stop()
    process.start()
    process.stop()
    process.stop()


def test_free_ports_are_all_different() -> None:
    assert len({free_port() for _ in range(50)}) == 50


def test_runs_at_the_same_time_are_given_different_ports() -> None:
    script = "import inboxwright.processes as p; print(*(p.free_port() for _ in range(2000)), flush=True); input()"
    runs = [
        subprocess.Popen([sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(3)
    ]

    ports = [port for run in runs if run.stdout for port in run.stdout.readline().split()]
    for run in runs:
        run.communicate("\n")

    assert len(ports) == len(set(ports)) == 6000
