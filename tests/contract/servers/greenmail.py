"""The real GreenMail: one mailbox whose addresses are tags of it, and no trace of the envelope."""

import imaplib
from collections.abc import Mapping, Sequence
from typing import Any

from tests.contract.servers.base import Server
from tests.contract.servers.programs import GREENMAIL


class Greenmail(Server):
    """With sub-addressing (RFC 5233) switched on."""

    program = GREENMAIL
    provider = "imap"
    ports_needed = ("smtp", "imap")

    @property
    def command(self) -> Sequence[str]:
        settings = {
            "smtp.hostname": "127.0.0.1",
            "smtp.port": self.ports["smtp"],
            "imap.hostname": "127.0.0.1",
            "imap.port": self.ports["imap"],
            "users": "qa:secret@inbox.test",
            "users.login": "email",
            "sieve.ignore.detail": "true",
        }
        flags = [f"-Dgreenmail.{name}={value}" for name, value in settings.items()]
        return ["java", "-Xmx512m", *flags, "-jar", str(self.program.path())]

    @property
    def ready(self) -> Mapping[str, Any]:
        return {"port": self.ports["imap"]}

    @property
    def options(self) -> dict[str, Any]:
        return {
            "host": "127.0.0.1",
            "port": self.ports["imap"],
            "security": "none",
            "username": "qa@inbox.test",
            "password": "secret",
            "plus": "qa@inbox.test",
            "smtp": f"127.0.0.1:{self.ports['smtp']}",
        }

    def stored(self, address: str) -> int:
        with imaplib.IMAP4("127.0.0.1", self.ports["imap"]) as imap:
            imap.login("qa@inbox.test", "secret")
            imap.select("INBOX", readonly=True)
            _, (found, *_) = imap.search(None, "HEADER", "To", f'"{address}"')
            return len(found.split())
