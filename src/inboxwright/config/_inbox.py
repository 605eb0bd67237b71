"""`inbox`: where mail is received, and what is expected of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from inboxwright.config._accounts import accounts_of
from inboxwright.config._keys import Key, key, keys_of
from inboxwright.config._kinds import Choice, ListOf, Milliseconds, Text
from inboxwright.config._kinds_special import Domain, Host
from inboxwright.config._providers import PROVIDER_NAMES, every_option, options_of
from inboxwright.config._values import FrozenMap

_SENDERS = ListOf(
    Text('an address or a domain like "@example.com"'), "a list of addresses, or of domains like @example.com"
)
_HOSTS = ListOf(Host(), "a list of hosts")


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxSettings:
    """Where mail is received; `options` are the provider's own, as keyword arguments of `connect`."""

    provider: str = key(Choice(*PROVIDER_NAMES), "The mail system.", default="embedded")
    domain: str = key(Domain(), "The domain that addresses are minted in.", default="inbox.test")
    timeout: int = key(Milliseconds(), "How long a wait for mail takes at most. 0: no limit.", default=30_000)
    allowed_senders: tuple[str, ...] = key(_SENDERS, "If given, mail from anyone else is refused.", default=())
    blocked_senders: tuple[str, ...] = key(_SENDERS, "Mail from these is refused.", default=())
    allowed_link_hosts: tuple[str, ...] = key(
        _HOSTS, "Hosts that a mailed link may lead to, besides the base URL's.", default=()
    )
    unclaimed: Literal["warn", "fail", "ignore"] = key(
        Choice("warn", "fail", "ignore"), "What a message does that no expectation claimed.", default="warn"
    )
    click_trackers: tuple[str, ...] = key(
        _HOSTS, "Hosts of click trackers, whose links are followed to where they lead.", default=()
    )
    trusted_receivers: tuple[str, ...] = key(
        ListOf(Text("an authserv-id"), "a list of authserv-ids"),
        "Whose Authentication-Results are believed (RFC 8601 section 5).",
        default=(),
    )
    accounts: tuple[Mapping[str, Any], ...] = key(
        accounts_of(None), "Several accounts of the provider, which the workers share out.", default=()
    )
    options: Mapping[str, Any] = field(default_factory=FrozenMap)

    @property
    def smtp_address(self) -> tuple[str, int] | None:
        """Host and port of `smtp`: where mail is delivered; None if left out or not settled (port 0)."""
        host, _, port = str(self.options.get("smtp") or ":0").rpartition(":")
        return (host.strip("[]"), int(port)) if int(port) else None

    def each_account(self) -> "tuple[InboxSettings, ...]":
        """One for each of `accounts`, its options laid over those here; these settings alone where there is none."""
        return tuple(map(self._with, self.accounts)) or (self,)

    def _with(self, account: Mapping[str, Any]) -> "InboxSettings":
        own = {"domain": self.domain, **account}
        return replace(self, domain=own.pop("domain"), options=FrozenMap({**self.options, **own}))


def inbox_keys(provider: object) -> Mapping[str, Key]:
    """What `inbox` may hold with this provider; with one that is not known yet, the options of all."""
    known = isinstance(provider, str) and provider in PROVIDER_NAMES
    keys = dict(keys_of(InboxSettings))
    keys["accounts"] = replace(keys["accounts"], kind=accounts_of(str(provider) if known else None))
    return {**keys, **(options_of(str(provider)) if known else every_option())}
