"""What a project allows a matcher to return."""

from collections.abc import Callable
from dataclasses import dataclass, field

Resolve = Callable[[str], str | None]
"""Reads the one `Location` of a click tracker's URL; None when there is none."""

DnsFunction = Callable[..., bytes | None]
"""What dkimpy asks for a TXT record: `dns(name, timeout=5)`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchPolicy:
    """What the project allows when a call does not say it. Knows no network: what needs one is passed in."""

    link_hosts: tuple[str, ...] | None = None
    """"host" (its scheme's default port) or "host:port"; None allows any host."""
    tracker_hosts: tuple[str, ...] = ()
    """Click trackers that `resolve` may be asked about."""
    trusted_receivers: tuple[str, ...] = ()
    """The authserv-ids (RFC 8601 section 2.5) whose Authentication-Results are believed."""
    resolve: Resolve | None = field(default=None, repr=False)
    dns: DnsFunction | None = field(default=None, repr=False)
    """Asked for DKIM keys; None leaves DKIM "not checked"."""
