"""What the rooms of the server hand to each other."""

from dataclasses import dataclass
from datetime import datetime


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """What one transaction made."""

    deliveries: tuple[Delivery, ...] = ()
    held: tuple[Held, ...] = ()


class StoreFull(Exception):
    """There is no room for the message: the quota is used up or the disk is full."""
