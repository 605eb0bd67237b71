"""The real GreenMail: one mailbox whose addresses are tags of it, and no trace of the envelope."""

from collections.abc import Mapping, Sequence
from typing import Any

from tests.contract.servers.imap import ImapServer
from tests.contract.servers.programs import GREENMAIL


class Greenmail(ImapServer):
    """With sub-addressing (RFC 5233) switched on."""

    program = GREENMAIL
    username = "qa@inbox.test"
    noted_in = "To"

    @property
    def command(self) -> Sequence[str]:
        settings = {
            "smtp.hostname": "127.0.0.1",
            "smtp.port": self.ports["smtp"],
            "imap.hostname": "127.0.0.1",
            "imap.port": self.ports["imap"],
            "users": f"qa:{self.password}@inbox.test",
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
        return {**super().options, "plus": self.username}
