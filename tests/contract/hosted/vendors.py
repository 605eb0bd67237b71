"""The vendors' own clients: each pinned, in a virtual environment of its own, run as a process of its own."""

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.contract.servers.programs import CACHE, Program

_SCENARIOS = Path(__file__).parent / "clients"
_TIMEOUT = 120.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Vendor:
    """One client. Its name is that of the stub."""

    name: str
    package: str
    version: str
    installed: bool = False
    """Whether it is in our own environment, because our provider uses it."""

    @property
    def _python(self) -> Path:
        own = CACHE / "clients" / f"{self.name}-{self.version}" / "bin" / "python"
        return Path(sys.executable) if self.installed else own

    @property
    def program(self) -> Program:
        """What installs it: as a last step, a note that all of it is there."""
        folder = self._python.parents[1]
        done = folder / "installed"
        return Program(
            name=f"client of {self.name}",
            version=self.version,
            find=lambda: self._python if self.installed or done.is_file() else None,
            commands=lambda: [
                [sys.executable, "-m", "venv", str(folder)],
                [str(self._python), "-m", "pip", "install", "-q", f"{self.package}=={self.version}"],
                ["touch", str(done)],
            ],
            needs="sh",
        )

    def run(self, task: Mapping[str, Any]) -> subprocess.CompletedProcess[str]:
        """Its scenario. Raises Missing where the client cannot be had."""
        self.program.install()
        command = [str(self.program.path()), "-P", str(_SCENARIOS / f"{self.name}.py")]
        return subprocess.run(
            command, input=json.dumps(task), capture_output=True, text=True, timeout=_TIMEOUT, check=False
        )


VENDORS = {
    vendor.name: vendor
    for vendor in (
        Vendor(name="mailosaur", package="mailosaur", version="8.1.1"),
        Vendor(name="mailslurp", package="mailslurp-client", version="17.6.0"),
        Vendor(name="nylas", package="nylas", version="6.18.0"),
        Vendor(name="vaultsandbox", package="vaultsandbox", version="0.9.3", installed=True),
    )
}
"""By the stub's name."""
