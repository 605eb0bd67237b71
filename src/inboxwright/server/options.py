"""What `inboxwright serve` and `python -m inboxwright.server` can be told."""

import secrets
from dataclasses import dataclass, field
from pathlib import Path

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerOptions:
    """All settings of one server. Sizes are bytes, durations seconds; None means no limit."""

    smtp: tuple[str, int] = ("127.0.0.1", 0)
    http: tuple[str, int] = ("127.0.0.1", 0)
    data: Path | None = None
    """Where the store lives; None means a temporary folder that goes with the server."""
    flush: bool = False
    """Answer 250 only once the message is on the disk: a power cut then loses nothing either."""
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24), repr=False)
    tether: bool = False
    """Exit as soon as standard input ends: the parent holds the other end of the pipe."""
    retention: float | None = None
    """How long a message is kept."""
    max_message_size: int = 25 * MEBIBYTE
    max_storage: int | None = None
    """How many bytes of messages are kept at most; more is refused with 452."""
    max_recipients: int = 1000
    """Of one message; RFC 5321 section 4.5.3.1.8 asks for 100 or more."""
    max_line_length: int = 65_536
    """Of the message's text. Generous: RFC 5321 allows 1000, but many applications send longer lines."""
    max_connections: int = 1000
    max_connections_per_peer: int = 250
    idle_timeout: float = 300.0
    """How long a command or a message may take (RFC 5321 section 4.5.3.2.7 asks for five minutes)."""
    tls_certificate: Path | None = None
    """PEM; together with `tls_key` it makes STARTTLS (RFC 3207) available."""
    tls_key: Path | None = None
    smtp_auth: "SmtpAuth | None" = None
    """None: AUTH (RFC 4954) is not offered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SmtpAuth:
    """Who may send. Without a user any name and password is taken."""

    user: str | None = None
    password: str = field(default="", repr=False)
    required: bool = False
