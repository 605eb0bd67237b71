"""What a client said to a mail server, and what came of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from inboxwright.address import normal


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a dialogue; no password and no message is among them."""

    by: Literal["client", "server", "note"]
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialogue:
    """One SMTP connection (RFC 5321)."""

    peer: str
    open: bool
    """Whether the client is still connected."""
    lines: Sequence[Line]

    def recipients(self) -> Sequence[str]:
        """Whom the client named in RCPT, accepted or not."""
        named = [line.text for line in self.lines if line.by == "client" and line.text.upper().startswith("RCPT TO:")]
        return list(dict.fromkeys(normal(text.partition("<")[2].partition(">")[0]) for text in named))

    def refusals(self) -> Iterator[tuple[str, str]]:
        """Commands and the replies that refused them (4yz and 5yz), in their order."""
        asked = "the connection"
        for line in self.lines:
            if line.by == "client":
                asked = line.text
            elif line.by == "note" or line.text[:1] in {"4", "5"}:
                yield asked, line.text

    @property
    def delivered(self) -> bool:
        """Whether a message was accepted."""
        commands = self._answered()
        return any(asked.upper().startswith("DATA") and reply.startswith("250") for asked, reply in commands)

    def _answered(self) -> Iterator[tuple[str, str]]:
        asked = ""
        for line in self.lines:
            if line.by == "client":
                asked = line.text
            else:
                yield asked, line.text
