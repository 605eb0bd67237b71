"""What the rooms of the server hand to each other."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """A delivery that is stored now and made later."""

    address: str
    release_at: float
    """Seconds since the epoch."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """One message with its envelope, accepted from SMTP and not stored yet."""

    sender: str
    raw: bytes
    received_at: datetime
    recipients: tuple[str, ...] = ()
    """Who gets it now: normalised and without repeats."""
    held: tuple[Hold, ...] = ()
    """Who gets it later."""
    said: Mapping[str, Any] = field(default_factory=dict)
    """What MAIL said besides the sender: auth, ret, envid, the username of AUTH; under "recipients" what RCPT said."""

    def said_to(self, address: str) -> dict[str, Any]:
        """What the client said of the message and of this recipient."""
        if not self.said:
            return {}
        whole = {name: value for name, value in self.said.items() if name != "recipients"}
        return {**whole, **self.said.get("recipients", {}).get(address, {})}


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A stored delivery that waits for its time."""

    id: int
    address: str
    release_at: float
    """Seconds since the epoch."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One stored message for one envelope recipient."""

    seq: int
    """The server-wide order: strictly increasing, never used twice."""
    id: str
    recipient: str
    sender: str
    received_at: datetime
    size: int
    """In bytes."""
    raw: bytes
    said: Mapping[str, Any] = field(default_factory=dict)
    """Beside the addresses: auth, ret, envid, notify, orcpt (RFC 3461, RFC 4954), and the username of AUTH."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """What one transaction made."""

    deliveries: tuple[Delivery, ...] = ()
    held: tuple[Held, ...] = ()


class StoreFull(Exception):
    """There is no room for the message: the quota is used up or the disk is full."""
