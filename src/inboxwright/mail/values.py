"""What a mail is made of and what a project allows of it, as values."""

from collections.abc import Callable
from dataclasses import dataclass, field

from inboxwright.mail.urls.tokens import mask_url


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One link, ready to be opened. Its token is masked in reprs and logs.

    >>> Link(url="https://app.example/confirm/Vq8Zr2LmX0tKp4NsWd7YbGcJ", text="Confirm")
    Link(url='https://app.example/confirm/Vq…', text='Confirm')
    """

    url: str
    """The application's own URL: entities decoded, known wrappers and click trackers taken off."""
    text: str = ""
    """The words that carried it, white space folded; the URL itself where it stood bare."""

    def __str__(self) -> str:
        return self.url

    def __repr__(self) -> str:
        return f"Link(url={mask_url(self.url)!r}, text={mask_url(self.text)!r})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """One attached file, decoded."""

    name: str
    """The file name as declared, directories taken off; empty when it has none."""
    content_type: str
    """Lower case, without parameters (RFC 2045 section 5.1)."""
    content: bytes = field(repr=False)
    content_id: str | None = None
    """Without its angle brackets (RFC 2392)."""
    inline: bool = False
    """Shown within the body, an image for instance (RFC 2183)."""


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
