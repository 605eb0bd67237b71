"""What the IMAP servers have in common: one mailbox, read without our provider."""

import imaplib
from collections.abc import Sequence
from typing import Any, ClassVar

from tests.contract.servers.base import Server


class ImapServer(Server):
    """One account at a port of its own, without TLS."""

    provider = "imap"
    ports_needed: ClassVar[Sequence[str]] = ("smtp", "imap")
    username: ClassVar[str]
    password: ClassVar[str] = "secret"
    noted_in: ClassVar[str]
    """The header field that tells for whom a mail is."""

    @property
    def options(self) -> dict[str, Any]:
        return {
            "host": "127.0.0.1",
            "port": self.ports["imap"],
            "security": "none",
            "username": self.username,
            "password": self.password,
            "smtp": f"127.0.0.1:{self.ports['smtp']}",
        }

    def stored(self, address: str) -> int:
        with imaplib.IMAP4("127.0.0.1", self.ports["imap"]) as imap:
            imap.login(self.username, self.password)
            imap.select("INBOX", readonly=True)
            _, (found, *_) = imap.search(None, "HEADER", self.noted_in, f'"{address}"')
            return len(found.split())
