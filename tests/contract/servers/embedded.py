"""Our own server, as a process of its own that keeps its mail over a restart."""

import shutil
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import httpx

from tests.contract.servers.base import Server
from tests.contract.servers.programs import Program

_TOKEN = "contract-token-0123456789"


class Embedded(Server):
    """`inboxwright.server` with its defaults."""

    provider = "embedded"
    program = Program(
        name="embedded",
        version="this tree",
        find=lambda: Path(shutil.which(sys.executable) or sys.executable),
        commands=lambda: (),
        needs="sh",
    )

    @property
    def command(self) -> Sequence[str]:
        smtp, http = f"127.0.0.1:{self.ports['smtp']}", f"127.0.0.1:{self.ports['http']}"
        data = str(self.home / "data")
        return [sys.executable, "-m", "inboxwright.server", "--smtp", smtp, "--http", http, "--data", data]

    @property
    def environment(self) -> Mapping[str, str]:
        return {"INBOXWRIGHT_TOKEN": _TOKEN}

    @property
    def ready(self) -> Mapping[str, Any]:
        return {"url": f"{self.url}/healthz"}

    @property
    def options(self) -> dict[str, Any]:
        return {"url": self.url, "token": _TOKEN}

    def stored(self, address: str) -> int:
        answer = httpx.get(f"{self.url}/v1/recipients", headers={"Authorization": f"Bearer {_TOKEN}"}, trust_env=False)
        return sum(entry["count"] for entry in answer.json()["recipients"] if entry["address"] == address)
