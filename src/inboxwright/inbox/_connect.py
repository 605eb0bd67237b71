"""From a provider's name to a connected provider."""

from collections.abc import Sequence
from typing import Any

from inboxwright.address import DEFAULT_DOMAIN, Addresses
from inboxwright.inbox._provider import Provider
from inboxwright.inbox._senders import SenderPolicy
from inboxwright.inbox.dns import txt_record
from inboxwright.inbox.trackers import resolve_location
from inboxwright.mail import MatchPolicy
from inboxwright.providers import open_backend


def connect(
    provider: str = "embedded",
    *,
    domain: str = DEFAULT_DOMAIN,
    timeout: float = 30_000,
    run: str | None = None,
    allowed_senders: Sequence[str] = (),
    blocked_senders: Sequence[str] = (),
    require_authentication: Sequence[str] = (),
    policy: MatchPolicy | None = None,
    cleanup: bool = True,
    **options: Any,
) -> Provider:
    """Connect to a provider: `with connect("mailpit", url="http://…") as provider: …`.

    `timeout` is the default of every wait, in milliseconds. `run` is the id that addresses carry (fresh if None).
    `require_authentication` names what of "spf", "dkim" and "dmarc" a trusted receiver of `policy` must have passed.
    `policy` says which link hosts and click trackers are the project's. `cleanup` deletes the run's own mail on close.
    `options` are the provider's own; without any, "embedded" starts a server that dies with this process.

    Raises ConfigError for an unknown provider or option, ProviderError if the provider cannot be used.
    """
    addresses = Addresses(domain=domain) if run is None else Addresses(domain=domain, run=run)
    return Provider(
        open_backend(provider, **options),
        addresses=addresses,
        policy=policy or MatchPolicy(resolve=resolve_location, dns=txt_record),
        senders=SenderPolicy(
            allowed=tuple(allowed_senders), blocked=tuple(blocked_senders), required=tuple(require_authentication)
        ),
        timeout=timeout,
        cleanup=cleanup,
    )
