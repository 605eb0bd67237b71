"""The host:port form of an option."""

from inboxwright.errors import ConfigError


def host_and_port(text: str) -> tuple[str, int]:
    """`mail.example.com:25` or `[::1]:25` in two. Raises ConfigError."""
    host, colon, port = text.rpartition(":")
    if not colon or not host or not port.isdigit() or not 0 <= int(port) < 65536:
        raise ConfigError(f"{text!r} is not host:port; write it like 127.0.0.1:1025")
    return host.strip("[]"), int(port)
