"""What the endpoints show of a mail, read in a process of its own; its source, where that takes too much."""

from email.parser import BytesHeaderParser
from email.policy import compat32
from typing import Any

from inboxwright.address import run_of
from inboxwright.server.deliveries import Delivery
from inboxwright.server.reader import Reader, TooHard

_HEAD = 16 * 1024
"""Bytes of a header that are looked at where nothing else is."""
_SOURCE = 512 * 1024
"""Bytes of a source that are shown as text."""


class Reading:
    """Asks the reader; what it cannot read is shown as its source, with a line that says so."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    async def summary(self, delivery: Delivery) -> dict[str, Any]:
        """Enough for a list."""
        try:
            shown: dict[str, Any] = await self._reader.ask("shapes", "summary", delivery, key=delivery.seq)
        except TooHard:
            return _summary(delivery)
        return shown

    async def detail(self, delivery: Delivery) -> dict[str, Any]:
        """All that a person wants to see of it."""
        try:
            shown: dict[str, Any] = await self._reader.ask("shapes", "detail", delivery)
        except TooHard as error:
            return _summary(delivery) | {
                "to": "",
                "cc": "",
                "said": dict(delivery.said),
                "date": "",
                "text": as_source(delivery.raw, error),
                "has_html": False,
                "links": [],
                "codes": [],
                "attachments": [],
            }
        return shown

    async def html(self, delivery: Delivery) -> str:
        """For a frame. Raises TooHard."""
        shown: str = await self._reader.ask("shapes", "html_of", delivery)
        return shown

    async def attachment(self, delivery: Delivery, number: int) -> tuple[str, str, bytes] | None:
        """Name, type and content, or None. Raises TooHard."""
        found: tuple[str, str, bytes] | None = await self._reader.ask("shapes", "attachment_of", delivery, number)
        return found

    async def ask(self, module: str, function: str, *arguments: Any) -> Any:
        """Any other function of `server/api`. Raises TooHard."""
        return await self._reader.ask(module, function, *arguments)


def as_source(raw: bytes, error: TooHard) -> str:
    """The source as text, below a line that says why."""
    more = f"\n… and {len(raw) - _SOURCE} bytes more" if len(raw) > _SOURCE else ""
    return f"This message is shown as its source: {error}.\n\n{raw[:_SOURCE].decode('utf-8', 'replace')}{more}"


def head(raw: bytes, name: str) -> str:
    """A header field as it stands there, from the first bytes only."""
    value = str(BytesHeaderParser(policy=compat32).parsebytes(raw[:_HEAD]).get(name, ""))
    return " ".join(value.encode("utf-8", "replace").decode().split())


def _summary(delivery: Delivery) -> dict[str, Any]:
    return {
        "seq": delivery.seq,
        "id": delivery.id,
        "recipient": delivery.recipient,
        "run": run_of(delivery.recipient),
        "sender": delivery.sender,
        "from": head(delivery.raw, "from"),
        "subject": head(delivery.raw, "subject"),
        "received_at": delivery.received_at.isoformat(),
        "size": delivery.size,
    }
