"""URLs as browsers read them (the URL Standard), compared, and held against the allowed hosts."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

_DEFAULT_PORTS = {"http": 80, "https": 443}
_HTTP = re.compile(r"(https?):", re.IGNORECASE)
_UNRESERVED = re.compile(r"%([0-9a-fA-F]{2})")
_TRACKING = re.compile(r"(?:utm_\w+|mc_[ce]id|fbclid|gclid|msclkid|_hsenc|_hsmi|mkt_tok|vero_id)=", re.IGNORECASE)
_LONGEST = 16_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Url:
    """An absolute http or https URL, taken apart."""

    text: str
    """As it can be opened."""
    scheme: str
    host: str
    """Lower case, an internationalised one in its ASCII form; without port."""
    port: int
    userinfo: bool
    path: str
    query: str
    fragment: str

    @property
    def origin(self) -> str:
        """ "host", or "host:port" where the port is not the scheme's default."""
        default = _DEFAULT_PORTS[self.scheme] == self.port
        return self.host if default else f"{self.host}:{self.port}"

    @property
    def key(self) -> str:
        """Equal for two spellings of one link: case of scheme and host, default port, trailing slash, tracking
        parameters and needless percent-encoding make no difference."""
        query = "&".join(
            item for item in self.query.replace("&amp;", "&").split("&") if item and not _TRACKING.match(item)
        )
        path = self.path.rstrip("/")
        return _canonical(f"{self.scheme}://{self.origin}{path}?{query}#{self.fragment}")

    @property
    def routes(self) -> tuple[str, ...]:
        """The path, and the path that a single-page application keeps in the fragment ("#/verify")."""
        fragment = self.fragment.removeprefix("!")
        hash_path = fragment.partition("?")[0]
        return (self.path or "/", hash_path) if fragment.startswith("/") else (self.path or "/",)


def parse(text: str) -> Url | None:
    """Take an absolute http or https URL apart; None for anything else, and for what browsers and parsers read
    differently."""
    if len(text) > _LONGEST or not _HTTP.match(text):
        return None
    head, question, tail = text.partition("?")
    # A browser takes "\\" for "/" (URL Standard, special schemes); urllib would see a user name.
    text = head.replace("\\", "/") + question + tail if "\\" in head else text
    try:
        parts = urlsplit(text)
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    if not host or parts.netloc.endswith(":") or any(char in host for char in " %<>^|`{}\\"):
        return None
    scheme = parts.scheme.lower()
    return Url(
        text=text, scheme=scheme, host=ascii_host(host), port=port or _DEFAULT_PORTS[scheme],
        userinfo="@" in parts.netloc, path=parts.path, query=parts.query, fragment=parts.fragment,
    )  # fmt: skip


def ascii_host(host: str) -> str:
    """Lower case, internationalised labels as "xn--…" (RFC 5891); unchanged where that fails."""
    host = host.lower()
    if host.isascii():
        return host
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:
        return host


def origin_of(allowed: str) -> str:
    """An allowed host as the user wrote it ("Host", "host:port", even a URL) in the form of `Url.origin`."""
    text = allowed.strip().rstrip("/")
    if "://" in text:
        url = parse(text)
        return url.origin if url is not None else text.lower()
    host, colon, port = text.rpartition(":")
    if colon and port.isdigit() and "]" not in port:
        return f"{ascii_host(host)}:{port}"
    return ascii_host(text)


def allowed(url: Url, origins: Collection[str]) -> bool:
    """Whether the URL's origin is one of these; the scheme's default port may be written out."""
    return url.origin in origins or f"{url.host}:{url.port}" in origins


def _canonical(text: str) -> str:
    if "%" not in text:
        return text
    return _UNRESERVED.sub(_unreserved, text)


def _unreserved(match: re.Match[str]) -> str:
    char = chr(int(match[1], 16))
    return char if char.isascii() and (char.isalnum() or char in "-._~@=") else match[0].upper()


def decoded(text: str) -> str:
    """Percent-decoded, for looking at."""
    return unquote(text) if "%" in text else text
