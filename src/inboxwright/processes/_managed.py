"""A child process that cannot outlive the run."""

import contextlib
import os
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from inboxwright.errors import ConfigError
from inboxwright.processes._tether import Tether, new_tether

_TAIL_BYTES = 64 * 1024


class ManagedProcess:
    """A command in its own process group that is gone when this process is gone, even after SIGKILL.

    `command` is a shell string or a list of arguments. `env` is added to this process's environment. Standard
    output and error go to the file `output` (a temporary one by default, removed by `stop`). `grace`, in
    milliseconds: how long the group may take after SIGTERM before SIGKILL. `start` raises ConfigError when
    the command cannot be run at all.
    """

    def __init__(
        self,
        command: str | Sequence[str],
        *,
        env: Mapping[str, str] | None = None,
        cwd: Path | str | None = None,
        output: Path | None = None,
        grace: float = 1000,
    ) -> None:
        self.command = command
        self.pid: int | None = None
        """Process id of the command itself, and the id of its process group."""
        self._env = dict(env or {})
        self._cwd = cwd
        self._grace = grace
        self._output = output
        self._temporary = output is None
        self._tail_at_stop = ""
        self._started = False
        self._tether: Tether | None = None
        self._supervisor: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.stop()

    def start(self) -> Self:
        """Start the command; returns as soon as it runs."""
        if self._started:
            raise RuntimeError("this process was started before; make a new ManagedProcess")
        self._started = True
        if self._cwd is not None and not Path(self._cwd).is_dir():
            raise ConfigError(f"cwd: there is no directory {str(self._cwd)!r} to run {self._shown()} in")
        self._tether = new_tether()
        environment = os.environ | self._env
        grace = self._grace / 1000
        with self._open_output() as output:
            status = self._tether.start(self.command, output=output, env=environment, cwd=self._cwd, grace=grace)
        self._supervisor = self._tether.supervisor
        if not status.isdecimal():
            self.stop()
            raise ConfigError(f"cannot run {self._shown()}: {status or self._tail_at_stop.strip()}")
        self.pid = int(status)
        return self

    def poll(self) -> int | None:
        """The exit code, 128+N when signal N ended it, or None while it runs."""
        code = self._supervisor.poll() if self._supervisor else None
        return code if code is None or code >= 0 else 128 - code

    def wait(self, timeout: float) -> int | None:
        """Wait up to `timeout` milliseconds for the end; as `poll`."""
        if self._supervisor is not None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._supervisor.wait(max(timeout, 0) / 1000)
        return self.poll()

    def stop(self) -> None:
        """End the command and all it started; returns when they are gone. Does nothing the second time."""
        if self._tether is None:
            return
        tether, self._tether = self._tether, None
        tether.release()
        if self._supervisor is not None:
            if self.wait(self._grace + 4000) is None:
                self._supervisor.kill()
            if self._supervisor.wait() < 0 and self.pid is not None:  # it was killed at its work
                tether.end_what_is_left(self.pid)
        self._tail_at_stop = self.output_tail()
        if self._temporary and self._output is not None:
            self._output.unlink(missing_ok=True)

    def output_tail(self, lines: int = 20) -> str:
        """The last lines that the command printed, on standard output or error."""
        if self._output is None or not self._output.exists():
            return self._tail_at_stop
        with self._output.open("rb") as file:
            file.seek(max(0, file.seek(0, os.SEEK_END) - _TAIL_BYTES))
            text = file.read().decode("utf-8", "replace")
        return "\n".join(text.splitlines()[-lines:])

    @contextlib.contextmanager
    def _open_output(self) -> Iterator[int]:
        if self._output is None:
            number, name = tempfile.mkstemp(prefix="inboxwright-", suffix=".log")
            self._output = Path(name)
        else:
            self._output.parent.mkdir(parents=True, exist_ok=True)
            number = os.open(self._output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND, 0o600)
        try:
            yield number
        finally:
            os.close(number)

    def _shown(self) -> str:
        return repr(self.command if isinstance(self.command, str) else " ".join(self.command))
