"""What a mail system must be able to do for an inbox. Coroutines run on the provider's own thread."""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from inboxwright.errors import ConfigError, ProviderError
from inboxwright.providers.allowance import Allowance
from inboxwright.providers.dialogue import Dialogue


@dataclass(frozen=True, slots=True, kw_only=True)
class Capabilities:
    """What a provider can do; `None` means that it states no limit."""

    push: bool = False
    """Wakes a waiter when mail arrives, rather than being asked again and again."""
    wildcard: bool = False
    """Receives at any address of its domain, without creating it first."""
    plus_address: bool = False
    """Fresh addresses are tags of one mailbox (RFC 5233)."""
    send: bool = False
    """Has an SMTP address that an application or a probe can deliver to."""
    retention: int | None = None
    """Messages, or days where the provider counts days, that it keeps."""
    quota: str | None = None
    """The limit that a run is likely to meet, in the vendor's words."""
    authentication: bool = False
    """Adds an Authentication-Results header (RFC 8601) that can be trusted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """One message as the provider handed it over: raw, and with its envelope (RFC 5321)."""

    id: str
    """The provider's own id, unique within the inbox."""
    raw: bytes
    recipient: str
    """The envelope recipient."""
    sender: str | None = None
    """The envelope sender, where the provider knows it."""
    received_at: datetime | None = None
    """When the provider took it, with a time zone; for people, never compared."""


Deliver = Callable[[Received], None]


class Backend(ABC):
    """One mail system. `deliver` may be called with a message it was called with before: the inbox ignores repeats."""

    capabilities: Capabilities = Capabilities()
    smtp_address: tuple[str, int] | None = None
    """Where an application can deliver mail for this provider, if the provider listens itself."""
    trouble: ProviderError | None = None
    """Why nothing can be heard at the moment; None while all is well. A wait that ends meanwhile says so."""
    lives_with_run: bool = False
    """Whether the run itself started the mail system: then nobody starts it again once it has died."""
    ended: asyncio.Event | None = None
    """Set when such a mail system has died: every wait ends then. None where a backend cannot know."""

    @abstractmethod
    async def open(self) -> None:
        """Connect. Raises a ProviderError that names the URL or host and the remedy."""

    @abstractmethod
    async def close(self) -> None:
        """Let go of everything; safe to call twice."""

    async def create(self, address: str) -> str:
        """Make the address ready to receive and return it (a provider that mints its own returns another one)."""
        return address

    @abstractmethod
    async def watch(self, address: str, deliver: Deliver) -> None:
        """From now on hand every message for exactly this envelope recipient to `deliver`, older ones first.

        Exact: the local part by case too (RFC 5321 section 2.4), the domain without case.
        """

    @abstractmethod
    async def unwatch(self, address: str) -> None:
        """Stop delivering for the address."""

    @abstractmethod
    async def synchronize(self, address: str) -> int | None:
        """Return once everything stored for the address before this call has been delivered.

        This is how a cursor is taken: in the server's own order, with no clock compared. The result is the server's
        position over all addresses, for `strays`, or None if it has no such order.
        Raises ProviderUnavailable, QuotaExceeded or AccessDenied.
        """

    @abstractmethod
    async def delete(self, addresses: Sequence[str]) -> None:
        """Delete the messages of these addresses (and the inboxes, where they had to be created), nothing else."""

    async def strays(self, after: int | None) -> Sequence[str]:
        """Envelope recipients that received mail after a position: where a mail that did not come may have gone.

        Raises a ProviderError if the provider cannot be reached.
        """
        del after
        return ()

    async def leftovers(self) -> Mapping[str, datetime] | None:
        """Every address that holds mail, and when its newest came; None where the mail system cannot list them.

        For `inboxwright sweep`. Raises a ProviderError.
        """
        return None

    async def left(self) -> Sequence[Allowance] | None:
        """What the account has left of its limits; empty where it has none, None where the mail system cannot say.

        Raises a ProviderError.
        """
        return None

    def refusals(self, address: str) -> Sequence[str]:
        """What the server answered to senders whose mail for the address it had to refuse: "452 4.3.1 …"."""
        del address
        return ()

    async def dialogues(self, within: float) -> Sequence[Dialogue] | None:
        """What clients said to the mail server within the last seconds; None where it cannot be asked.

        Raises a ProviderError.
        """
        del within
        return None

    async def call(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        """One request of the embedded server's own interface: how faults are set. Raises ConfigError elsewhere."""
        del method, path, body
        raise ConfigError("inbox.faults needs the embedded server; choose a project with inbox.provider: embedded")
