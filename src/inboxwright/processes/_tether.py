"""What ties a command to the run: a supervisor that ends it, and all it started, when the run ends.

Two halves do the same: the one for POSIX uses process groups and, on Linux, the subreaper; the portable one uses
psutil and, on Windows, a job object. INBOXWRIGHT_PROCESSES=portable chooses the second one anywhere.
"""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

from inboxwright.errors import ConfigError


class Tether(Protocol):
    """One supervisor."""

    supervisor: "subprocess.Popen[bytes] | None"
    """Its exit code is the command's."""

    def start(
        self, command: str | Sequence[str], *, output: int, env: Mapping[str, str], cwd: Path | str | None, grace: float
    ) -> str:
        """Have it run the command; the command's process id, or why there is none. `grace`: seconds."""

    def release(self) -> None:
        """Tell it to end all of it."""

    def end_what_is_left(self, pid: int) -> None:
        """Kill what a supervisor left that was killed itself."""


def new_tether() -> Tether:
    """A tether of the half for this system. Raises ConfigError for a half that does not exist."""
    chosen = os.environ.get("INBOXWRIGHT_PROCESSES") or ("portable" if sys.platform == "win32" else "posix")
    if chosen == "portable":
        from inboxwright.processes._portable import PortableTether  # only who needs it pays for psutil

        return PortableTether()
    if chosen == "posix" and sys.platform != "win32":
        from inboxwright.processes._posix import PosixTether

        return PosixTether()
    raise ConfigError(f'INBOXWRIGHT_PROCESSES is "{chosen}"; it must be "portable" or, except on Windows, "posix"')


def end_tree(pid: int, *, grace: float = 1000) -> None:
    """End a process and what is below it, killed after `grace` milliseconds; blocks until they are gone."""
    from inboxwright.processes._portable_supervisor import end

    end(pid, mark="", grace=grace / 1000)
