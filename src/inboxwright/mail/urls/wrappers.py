"""Take off what mail gateways and senders put around a link, as far as that needs no network."""

import base64
import binascii
import json
import re
from collections.abc import Callable
from functools import lru_cache
from urllib.parse import parse_qs, unquote

from publicsuffixlist import PublicSuffixList

from inboxwright.mail.urls.url import Url, parse

_DEEPEST = 5  # a forwarded mail may pass several gateways
_V3 = re.compile(r"/v3/__(.+?)__;([A-Za-z0-9_\-=]*)!")
_V3_RUN = re.compile(r"\*(\*.)?")
_V3_LENGTHS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def unwrap(url: Url) -> Url:
    """The URL inside known wrappers, or the URL itself. Wrappers are known by host and shape, never by a
    parameter alone: an open redirect on any host must not count as the application's own link."""
    for _ in range(_DEEPEST):
        inner = _inner(url)
        target = parse(inner.strip()) if inner else None
        if target is None:
            return url
        url = target
    return url


@lru_cache(maxsize=1)
def _suffixes() -> PublicSuffixList:
    """Mozilla's list, loaded when the first host looks like a gateway's; what others let be registered is no suffix."""
    return PublicSuffixList(only_icann=True)


def _is_of(mark: str, host: str) -> bool:
    """Whether the host is the service's: the mark, and then nothing but a public suffix ("com", "co.uk")."""
    if f".{mark}." not in f".{host}":
        return False
    suffix = _suffixes().publicsuffix(host) or ""
    return f".{host.removesuffix(suffix)}".endswith(f".{mark}.")


def _inner(url: Url) -> str | None:
    for mark, decode in _KNOWN:
        if _is_of(mark, url.host):
            try:
                return decode(url)
            except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError):
                return None
    return None


def _parameter(*names: str) -> Callable[[Url], str | None]:
    def decode(url: Url) -> str | None:
        values = parse_qs(url.query, max_num_fields=50)
        return next((values[name][0] for name in names if name in values), None)

    return decode


def _proofpoint(url: Url) -> str | None:
    if url.path.startswith("/v1/"):
        return _parameter("u")(url)
    if url.path.startswith("/v2/"):
        value = _parameter("u")(url)
        return unquote(value.replace("-", "%").replace("_", "/")) if value else None
    # In version 3 "*" stands for one replaced character, "**X" for a run of them; the bytes follow the URL.
    match = _V3.search(url.text)
    if match is None:
        return None
    replaced = _base64(match[2]).decode("utf-8")
    position = 0

    def put_back(run: re.Match[str]) -> str:
        nonlocal position
        count = _V3_LENGTHS.index(run[1][1]) + 2 if run[1] else 1
        position += count
        return replaced[position - count : position]

    text = _V3_RUN.sub(put_back, match[1])
    return re.sub(r"^(https?):/(?!/)", r"\1://", text)


def _mandrill(url: Url) -> str | None:
    value = _parameter("p")(url)
    inner = json.loads(json.loads(_base64(value or ""))["p"])["url"]
    return str(inner)


def _google(url: Url) -> str | None:
    return _parameter("q", "url")(url) if url.path == "/url" else None


def _cisco(url: Url) -> str | None:
    return next((unquote(item) for item in url.path.split("/") if item.lower().startswith("http")), None)


def _sophos(url: Url) -> str | None:
    value = _parameter("u")(url)
    return _base64(value).decode("utf-8") if value else None


def _ses(url: Url) -> str | None:
    return unquote(url.path.split("/")[2]) if url.path.startswith("/L0/") else None


def _postmark(url: Url) -> str | None:
    _, kind, target, *_ = url.path.split("/")
    return f"http{'s' if kind.endswith('s') else ''}://{unquote(target)}"


def _mailjet(url: Url) -> str | None:
    return _base64(url.path.rstrip("/").rpartition("/")[2]).decode("utf-8")


def _customerio(url: Url) -> str | None:
    data = next(item for item in url.path.split("/") if item.startswith("eyJ"))
    return str(json.loads(_base64(data))["href"])


def _base64(text: str) -> bytes:
    text = text.replace("+", "-").replace("/", "_").rstrip("=")
    try:
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except binascii.Error as error:
        raise ValueError(str(error)) from error


# The end of a host without its public suffix -> what is inside: the same services run under several suffixes.
_KNOWN: tuple[tuple[str, Callable[[Url], str | None]], ...] = (
    ("safelinks.protection.outlook", _parameter("url")),
    ("safelinks.protection.office365", _parameter("url")),
    ("urldefense", _proofpoint),
    ("proofpoint", _proofpoint),
    ("mandrillapp", _mandrill),
    ("linkprotect.cudasvc", _parameter("a")),
    ("secure-web.cisco", _cisco),
    ("protection.sophos", _sophos),
    ("protect2.fireeye", _parameter("u")),
    ("clicktime.symantec", _parameter("u")),
    ("scanmail.trustwave", _parameter("u")),
    ("trendmicro", _parameter("url")),
    ("awstrack", _ses),
    ("pstmrk", _postmark),
    ("mjt", _mailjet),
    ("customeriomail", _customerio),
    ("l.facebook", _parameter("u")),
    ("google", _google),
)
