"""Run one command and make sure that it, and all it starts, ends when the process that asked for it ends.

Run as a script (standard library only: it is up in about 15 ms), by `PosixTether`:

    python -I -S _posix_supervisor.py STATUS_FD GRACE_SECONDS COMMAND...

Standard input is a pipe that the parent holds and never writes to. When it reaches its end, because the
parent closed it or died by whatever signal, the command's process group gets SIGTERM and, after the grace,
SIGKILL. The command's process id, or why it could not be started, is written to STATUS_FD. Its exit code is
passed on, 128+N for signal N.
"""

import contextlib
import ctypes
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

assert sys.platform != "win32"  # noqa: S101 - this is how a type checker knows

_PR_SET_PDEATHSIG = 1  # prctl(2)
_PR_SET_CHILD_SUBREAPER = 36
_CANNOT_RUN = 127  # as a shell says it
_LOOK_AGAIN = 1.0  # seconds; see _parent_is_gone


def _prctl(option: int, value: int) -> None:
    """Ask the kernel for a Linux service; other systems do without it."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(option, value, 0, 0, 0)


def _descendants() -> set[int]:
    """Process ids below this one, on Linux: what left the group by setsid(2) is still among them."""
    children: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError, ValueError, IndexError):
            parent = int(stat.read_text().rpartition(")")[2].split()[1])
            children.setdefault(parent, []).append(int(stat.parent.name))
    found: set[int] = set()
    pending = [os.getpid()]
    while pending:
        below = children.get(pending.pop(), [])
        found.update(below)
        pending.extend(below)
    return found


class _Supervisor:
    def __init__(self, command: list[str], grace: float) -> None:
        self._grace = grace
        self._parent = os.getppid()
        self._code: int | None = None
        self._woken, wake = os.pipe()
        os.set_blocking(wake, False)
        os.set_blocking(self._woken, False)
        signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
        for number in (signal.SIGCHLD, signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, lambda *_: None)
        _prctl(_PR_SET_CHILD_SUBREAPER, 1)
        # Kept: the object's own clean-up would collect the exit code before _reap does.
        self._popen = subprocess.Popen(  # noqa: S603 - running the caller's command is the purpose
            command,
            stdin=subprocess.DEVNULL,
            process_group=0,
            preexec_fn=lambda: _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL),  # noqa: PLW1509 - no threads here
        )
        self.child = self._popen.pid

    def run(self) -> int:
        while self._code is None and not self._told_to_stop(_LOOK_AGAIN):
            self._reap()
        self._end_all()
        return 128 + signal.SIGKILL if self._code is None else self._code

    def _told_to_stop(self, seconds: float) -> bool:
        ready, _, _ = select.select([0, self._woken], [], [], seconds)
        signals = os.read(self._woken, 512) if self._woken in ready else b""
        return 0 in ready or bool(set(signals) - {signal.SIGCHLD}) or self._parent_is_gone()

    def _parent_is_gone(self) -> bool:
        # A process that the parent forked can hold the pipe open after the parent's death.
        return os.getppid() != self._parent

    def _reap(self) -> bool:
        """Collect what ended; False when nothing is left to wait for."""
        try:
            while (ended := os.waitpid(-1, os.WNOHANG))[0]:
                if ended[0] == self.child:
                    code = os.waitstatus_to_exitcode(ended[1])
                    self._code = code if code >= 0 else 128 - code
        except ChildProcessError:
            return False
        return True

    def _left(self) -> Iterator[int]:
        """What can still be signalled: the group as a negative number, and strays."""
        with contextlib.suppress(ProcessLookupError, PermissionError):  # macOS: EPERM for zombies
            os.killpg(self.child, 0)
            yield -self.child
        yield from _descendants()

    def _signal_all(self, number: signal.Signals) -> None:
        for target in self._left():
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(target, number)

    def _end_all(self) -> None:
        for number, seconds in ((signal.SIGTERM, self._grace), (signal.SIGKILL, 2.0)):
            self._signal_all(number)
            deadline = time.monotonic() + seconds
            while (self._reap() or any(self._left())) and (left := deadline - time.monotonic()) > 0:
                # SIGCHLD wakes this at once; the short wait is for members that are not our children (macOS).
                select.select([self._woken], [], [], min(left, 0.05))
                with contextlib.suppress(BlockingIOError):
                    os.read(self._woken, 512)
                if number == signal.SIGKILL:
                    self._signal_all(number)


def _main(status: int, grace: float, command: list[str]) -> int:
    with os.fdopen(status, "w") as report:
        try:
            supervisor = _Supervisor(command, grace)
        except OSError as error:
            report.write(f"{command[0]}: {error.strerror}")
            return _CANNOT_RUN
        report.write(str(supervisor.child))
    return supervisor.run()


if __name__ == "__main__":
    sys.exit(_main(int(sys.argv[1]), float(sys.argv[2]), sys.argv[3:]))
