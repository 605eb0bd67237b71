"""The real Mailpit."""

from collections.abc import Mapping, Sequence
from typing import Any

import httpx

from tests.contract.servers.base import Server
from tests.contract.servers.programs import MAILPIT


class Mailpit(Server):
    """Its defaults, but for reverse DNS, which can add seconds to each mail, and a limit that holds 10 MB mails."""

    program = MAILPIT
    provider = "mailpit"

    @property
    def command(self) -> Sequence[str]:
        smtp, http = f"127.0.0.1:{self.ports['smtp']}", f"127.0.0.1:{self.ports['http']}"
        quiet = ["--quiet", "--smtp-disable-rdns", "--disable-version-check"]
        return [str(self.program.path()), "--smtp", smtp, "--listen", http, *quiet]

    @property
    def ready(self) -> Mapping[str, Any]:
        return {"url": f"{self.url}/readyz"}

    @property
    def options(self) -> dict[str, Any]:
        return {"url": self.url, "smtp": f"127.0.0.1:{self.ports['smtp']}"}

    def stored(self, address: str) -> int:
        query = {"query": f'addressed:"{address}"'}
        found = httpx.get(f"{self.url}/api/v1/search", params=query, trust_env=False).json()
        return int(found["messages_count"])
