"""The half for Linux and macOS: a supervisor that holds a pipe to the run, and the command's process group."""

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

assert sys.platform != "win32"  # noqa: S101 - this is how a type checker knows

_SUPERVISOR = Path(__file__).with_name("_posix_supervisor.py")


class PosixTether:
    """See `Tether`."""

    def __init__(self) -> None:
        self.supervisor: subprocess.Popen[bytes] | None = None
        self._pipe: int | None = None

    def start(
        self, command: str | Sequence[str], *, output: int, env: Mapping[str, str], cwd: Path | str | None, grace: float
    ) -> str:
        """See `Tether.start`."""
        status_in, status_out = os.pipe()
        tether_in, self._pipe = os.pipe()
        arguments = ["/bin/sh", "-c", command] if isinstance(command, str) else command
        try:
            self.supervisor = subprocess.Popen(  # noqa: S603 - running the caller's command is the purpose
                [sys.executable, "-I", "-S", str(_SUPERVISOR), str(status_out), str(grace), *arguments],
                stdin=tether_in,
                stdout=output,
                stderr=subprocess.STDOUT,
                pass_fds=(status_out,),
                start_new_session=True,  # Ctrl-C reaches the run only; the run then ends this in order
                env=env,
                cwd=cwd,
            )
        finally:
            os.close(tether_in)
            os.close(status_out)
            with os.fdopen(status_in) as pipe:
                status = pipe.read() if self.supervisor else ""
        return status

    def release(self) -> None:
        """See `Tether.release`."""
        if self._pipe is not None:
            os.close(self._pipe)
            self._pipe = None
        if self.supervisor is not None:
            self.supervisor.terminate()  # a process forked from this one may hold the pipe open

    def end_what_is_left(self, pid: int) -> None:
        """See `Tether.end_what_is_left`."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(pid, signal.SIGKILL)
