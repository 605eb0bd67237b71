"""Hosts of URLs, and which are allowed."""

from collections.abc import Sequence
from urllib.parse import urlsplit

_DEFAULT_PORTS = {"http": 80, "https": 443}


def host_of(url: str) -> str:
    """`host`, or `host:port` where the port is not its scheme's default, lower-case (RFC 3986 section 3.2)."""
    parts = urlsplit(url)
    host = (parts.hostname or "").lower()
    host = f"[{host}]" if ":" in host else host
    port = parts.port
    return host if port is None or port == _DEFAULT_PORTS.get(parts.scheme) else f"{host}:{port}"


def is_allowed(url: str, allowed: Sequence[str]) -> bool:
    """Whether the URL's host is in the list: `host` on any port, `host:port`, or `*.example.com`."""
    parts = urlsplit(url)
    host = (parts.hostname or "").lower()
    host = f"[{host}]" if ":" in host else host
    port = parts.port if parts.port is not None else _DEFAULT_PORTS.get(parts.scheme)
    for entry in allowed:
        name, colon, wanted = entry.rpartition(":") if not entry.endswith("]") else (entry, "", "")
        if not colon:
            name, wanted = entry, ""
        matches = host.endswith(name[1:]) if name.startswith("*.") else host == name
        if matches and (not wanted or str(port) == wanted):
            return True
    return False
