"""The half for Windows, and for any system where it is asked for: a supervisor that finds its processes by psutil."""

import contextlib
import json
import subprocess
import sys
import uuid
from collections.abc import Mapping, Sequence
from pathlib import Path

from inboxwright.processes import _portable_supervisor

if sys.platform == "win32":
    _FLAGS = subprocess.CREATE_NEW_PROCESS_GROUP
else:
    _FLAGS = 0


class PortableTether:
    """See `Tether`."""

    def __init__(self) -> None:
        self.supervisor: subprocess.Popen[bytes] | None = None
        self._mark = uuid.uuid4().hex

    def start(
        self, command: str | Sequence[str], *, output: int, env: Mapping[str, str], cwd: Path | str | None, grace: float
    ) -> str:
        """See `Tether.start`."""
        asked = json.dumps(command if isinstance(command, str) else list(command))
        self.supervisor = subprocess.Popen(  # noqa: S603 - running the caller's command is the purpose
            [sys.executable, "-I", _portable_supervisor.__file__, self._mark, str(grace), asked],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=output,
            start_new_session=True,  # Ctrl-C reaches the run only; the run then ends this in order
            creationflags=_FLAGS,
            env=env,
            cwd=cwd,
        )
        assert self.supervisor.stdout is not None  # noqa: S101 - PIPE was asked for
        with self.supervisor.stdout as pipe:
            return pipe.read().decode().strip()

    def release(self) -> None:
        """See `Tether.release`. A word, as a process forked from this one may hold the pipe open."""
        if self.supervisor is not None and self.supervisor.stdin is not None:
            with contextlib.suppress(OSError, ValueError), self.supervisor.stdin as pipe:
                pipe.write(b"end\n")

    def end_what_is_left(self, pid: int) -> None:
        """See `Tether.end_what_is_left`."""
        _portable_supervisor.end(pid, self._mark, grace=0)
