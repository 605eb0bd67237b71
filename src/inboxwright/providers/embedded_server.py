"""The embedded server as a process of its own that dies with the one that started it, however that dies."""

import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from typing import Self

from inboxwright.config import EmbeddedOptions
from inboxwright.errors import ProviderUnavailable

_DEFAULTS = EmbeddedOptions()
_GRACE = 5.0
"""Seconds that the server may take to end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EmbeddedServer:
    """A running server. It ends when its standard input does: the kernel closes that with this process."""

    url: str
    token: str
    smtp_address: tuple[str, int]
    _process: "subprocess.Popen[str]"

    @classmethod
    def start(cls, options: EmbeddedOptions = _DEFAULTS) -> Self:
        """Start it and wait until it listens. Raises ProviderUnavailable with its last words."""
        command = [sys.executable, "-m", "inboxwright.server", "--tether"]
        command += ["--smtp", options.smtp, "--http", options.http]
        command += ["--smtp-auth", options.smtp_auth, "--smtp-tls", options.smtp_tls]
        with tempfile.TemporaryFile("w+") as errors:
            process = subprocess.Popen(  # noqa: S603 - our own module, our own arguments
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
                start_new_session=True,  # Ctrl-C is for the run, which then ends the server
            )
            ready = process.stdout.readline() if process.stdout else ""
            if not ready:
                process.wait()
                errors.seek(0)
                reason = errors.read().strip().rpartition("\n")[2]
                raise ProviderUnavailable(f"the embedded inbox server did not start: {reason}")
        state = json.loads(ready)
        return cls(
            url=state["http"],
            token=state["token"],
            smtp_address=(state["smtp"][0], state["smtp"][1]),
            _process=process,
        )

    def stop(self) -> None:
        """End it and wait until it is gone; safe to call twice."""
        if self._process.stdin is not None:
            self._process.stdin.close()
        self._process.terminate()  # a process forked from this one may hold the pipe open
        try:
            self._process.wait(timeout=_GRACE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        if self._process.stdout is not None:
            self._process.stdout.close()
