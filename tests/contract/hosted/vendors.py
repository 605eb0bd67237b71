"""The vendors' own clients: each pinned, in an environment of its own, run as a process of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.contract.servers.programs import CACHE, Program

_SCENARIOS = Path(__file__).parent / "clients"
_TIMEOUT = 120.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Vendor:
    """One client, for Python. Its name is that of the stub."""

    name: str
    package: str
    version: str
    installed: bool = False
    """Whether it is in our own environment, because our provider uses it."""

    @property
    def _folder(self) -> Path:
        return CACHE / "clients" / f"{self.name}-{self.version}"

    @property
    def _python(self) -> Path:
        return Path(sys.executable) if self.installed else self._folder / "bin" / "python"

    @property
    def program(self) -> Program:
        """What installs it: as a last step, a note that all of it is there."""
        done = self._folder / "installed"
        return Program(
            name=f"client of {self.name}",
            version=self.version,
            find=lambda: self._python if self.installed or done.is_file() else None,
            commands=lambda: [
                [sys.executable, "-m", "venv", str(self._folder)],
                [str(self._python), "-m", "pip", "install", "-q", f"{self.package}=={self.version}"],
                ["touch", str(done)],
            ],
            needs="sh",
        )

    @property
    def command(self) -> Sequence[str]:
        """What runs its scenario. Raises Missing where the client cannot be had."""
        return [str(self.program.path()), "-P", str(_SCENARIOS / f"{self.name}.py")]

    def run(self, task: Mapping[str, Any]) -> subprocess.CompletedProcess[str]:
        """Its scenario. Raises Missing where the client cannot be had."""
        self.program.install()
        environment = {**os.environ, "NODE_PATH": str(self._folder / "node_modules")}
        return subprocess.run(
            self.command,
            input=json.dumps(task),
            capture_output=True,
            text=True,
            timeout=_TIMEOUT,
            check=False,
            env=environment,
        )


class NodeVendor(Vendor):
    """One client, for Node.js."""

    __slots__ = ()

    @property
    def program(self) -> Program:
        """What installs it."""
        module = self._folder / "node_modules" / self.package
        options = ["--no-audit", "--no-fund", "--prefix", str(self._folder)]
        return Program(
            name=f"client of {self.name}",
            version=self.version,
            find=lambda: module if (module / "package.json").is_file() else None,
            commands=lambda: [["npm", "install", *options, f"{self.package}@{self.version}"]],
            needs="npm",
        )

    @property
    def command(self) -> Sequence[str]:
        """What runs its scenario."""
        return ["node", str(_SCENARIOS / f"{self.name}.js")]


VENDORS = {
    vendor.name: vendor
    for vendor in (
        Vendor(name="mailosaur", package="mailosaur", version="8.1.1"),
        Vendor(name="mailslurp", package="mailslurp-client", version="17.6.0"),
        Vendor(name="nylas", package="nylas", version="6.18.0"),
        NodeVendor(name="testmail", package="@testmail.app/graphql-request", version="1.8.4"),
        Vendor(name="vaultsandbox", package="vaultsandbox", version="0.9.3", installed=True),
    )
}
"""By the stub's name."""
