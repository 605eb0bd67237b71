"""A real mail system as a child process: starts, restarts at the same ports, and is asked what it holds."""

import shlex
import tempfile
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar, Self

from inboxwright.processes import WebServer, free_port
from tests.contract.servers.programs import Program

Ports = Mapping[str, int]


class Server(ABC):
    """One mail system. Its ports are free ones unless `ports` says otherwise; it listens at loopback only."""

    program: ClassVar[Program]
    ports_needed: ClassVar[Sequence[str]] = ("smtp", "http")

    def __init__(self, ports: Ports | None = None) -> None:
        self.ports = {name: (ports or {}).get(name) or free_port() for name in self.ports_needed}
        self._home = tempfile.TemporaryDirectory(prefix=f"inboxwright-{self.program.name}-")
        self._process: WebServer | None = None

    @property
    def home(self) -> Path:
        """A folder for what it stores."""
        return Path(self._home.name)

    @property
    def smtp(self) -> tuple[str, int]:
        """Where mail is delivered to it."""
        return "127.0.0.1", self.ports["smtp"]

    @property
    def url(self) -> str:
        """Of its web interface."""
        return f"http://127.0.0.1:{self.ports['http']}"

    @property
    @abstractmethod
    def command(self) -> Sequence[str]:
        """What starts it."""

    @property
    def environment(self) -> Mapping[str, str]:
        """What it needs in its environment."""
        return {}

    @property
    @abstractmethod
    def ready(self) -> Mapping[str, Any]:
        """When it is: `{"url": …}` answers 2xx, or `{"port": …}` accepts connections."""

    @property
    @abstractmethod
    def provider(self) -> str:
        """The name of the provider that reads it."""

    @property
    @abstractmethod
    def options(self) -> dict[str, Any]:
        """What `connect` takes to read it."""

    @abstractmethod
    def stored(self, address: str) -> int:
        """How many messages it holds for the envelope recipient, asked without our provider."""

    def start(self) -> Self:
        """Start it, or start it again, and wait until it is ready."""
        log = self.home / "output.log"
        self._process = WebServer(
            shlex.join(map(str, self.command)), env=self.environment, cwd=self.home, output=log, **self.ready
        ).start()
        return self

    def stop(self) -> None:
        """Stop it as an operator would; what it keeps on disk stays."""
        if self._process is not None:
            self._process.stop()
            self._process = None

    def close(self) -> None:
        """Stop it for good."""
        self.stop()
        self._home.cleanup()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.close()
