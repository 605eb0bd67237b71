"""The real maildev."""

from collections.abc import Mapping, Sequence
from typing import Any

import httpx

from tests.contract.servers.base import Server
from tests.contract.servers.programs import MAILDEV


class Maildev(Server):
    """Its defaults."""

    program = MAILDEV
    provider = "maildev"

    @property
    def command(self) -> Sequence[str]:
        ports = ["--smtp", str(self.ports["smtp"]), "--web", str(self.ports["http"]), "--ip", "127.0.0.1"]
        return ["node", str(self.program.path()), *ports, "--silent", "--mail-directory", str(self.home / "mail")]

    @property
    def ready(self) -> Mapping[str, Any]:
        return {"url": f"{self.url}/healthz"}

    @property
    def options(self) -> dict[str, Any]:
        return {"url": self.url, "smtp": f"127.0.0.1:{self.ports['smtp']}"}

    def stored(self, address: str) -> int:
        query = {"envelope.to.address": address}
        return len(httpx.get(f"{self.url}/email", params=query, trust_env=False).json())
