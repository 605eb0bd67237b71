"""The real Inbucket."""

from collections.abc import Mapping, Sequence
from typing import Any

import httpx

from tests.contract.servers.base import Server
from tests.contract.servers.programs import INBUCKET


class Inbucket(Server):
    """Its defaults (mailboxes by local part), but for the limit of 10,240,000 bytes a message."""

    program = INBUCKET
    provider = "inbucket"
    ports_needed = ("smtp", "http", "pop3")

    @property
    def command(self) -> Sequence[str]:
        return [str(self.program.path())]

    @property
    def environment(self) -> Mapping[str, str]:
        return {
            "INBUCKET_LOGLEVEL": "warn",
            "INBUCKET_SMTP_ADDR": f"127.0.0.1:{self.ports['smtp']}",
            "INBUCKET_SMTP_MAXMESSAGEBYTES": "20000000",
            "INBUCKET_POP3_ADDR": f"127.0.0.1:{self.ports['pop3']}",
            "INBUCKET_WEB_ADDR": f"127.0.0.1:{self.ports['http']}",
        }

    @property
    def ready(self) -> Mapping[str, Any]:
        return {"url": f"{self.url}/api/v1/mailbox/ready"}

    @property
    def options(self) -> dict[str, Any]:
        return {"url": self.url, "smtp": f"127.0.0.1:{self.ports['smtp']}"}

    def stored(self, address: str) -> int:
        return len(httpx.get(f"{self.url}/api/v1/mailbox/{address}", trust_env=False).json())
