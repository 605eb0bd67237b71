"""Which values of a project are secret: all that came from the environment, unless the key holds what is none.

A host, a port, a domain, a number, one of listed words is none; credentials within a URL are. Whether a name sounds
secret does not matter.
"""

import base64
import html
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from urllib.parse import quote, quote_plus, unquote, urlsplit

from inboxwright.config._kinds import PLACEHOLDER, Kind, ListOf, Text, Url
from inboxwright.config._project import Project
from inboxwright.config._secrets import Secret, secrets_in

_ORIGIN = re.compile(r"[a-z][a-z0-9+.-]*://[^/?#@\s]+/?", re.IGNORECASE)
_WORDS = {"true", "false", "yes", "none", "null", "localhost", "debug", "info", "warning", "error"}
_WORDS |= {"test", "testing", "development", "staging", "production", "local", "preview"}
_PART = 8
"""A shorter part of a header that was a variable as a whole is a word like any other."""


def taken(kind: Kind, raw: object, environ: Mapping[str, str]) -> Iterator[str]:
    """The secrets among the variables that a value of the file takes."""
    match raw:
        case dict() if not kind.public:
            for value in raw.values():
                yield from taken(Text(), value, environ)
        case list():
            for value in raw:
                yield from taken(_item(kind), value, environ)
        case str() if not _item(kind).public:
            for found in PLACEHOLDER.finditer(raw):
                value = environ.get(found[1], "")
                if isinstance(_item(kind), Url) and _is_origin(raw, found.start()):
                    yield from secrets_in(value)
                elif not _is_harmless(value):
                    yield value


def said(kind: Kind, raw: object) -> Iterator[str]:
    """The secrets in a value that an environment variable of ours or of a provider gave as a whole."""
    match raw:
        case dict() if not kind.public:
            yield from (value for value in map(str, raw.values()) if not _is_harmless(value))
        case list():
            for value in raw:
                yield from said(_item(kind), value)
        case str() if isinstance(_item(kind), Url):
            yield from secrets_in(raw)
        case str() if not _item(kind).public and not _is_harmless(raw):
            yield raw


def _item(kind: Kind) -> Kind:
    return kind.item if isinstance(kind, ListOf) else kind


def _is_origin(url: str, place: int) -> bool:
    """Whether a variable in a URL stands for its scheme, host or port, or for all of it."""
    before = url[:place]
    if "://" not in before:
        return True
    _, *path = re.split(r"[/?#]", before.partition("://")[2], maxsplit=1)
    host = re.split(r"[/?#]", url[place:], maxsplit=1)[0]
    return not path and "@" not in host


def _is_harmless(value: str) -> bool:
    """A flag, a word for an environment or a log level, or an origin, wherever it goes: people need to read them."""
    return value.casefold() in _WORDS or (_ORIGIN.fullmatch(value) is not None)


def secret_values(project: Project) -> tuple[str, ...]:
    """Every secret of a project in plain text, the parts of headers, cookies and basic credentials among them.

    Whoever looks for them in a text looks for their `spellings` too.
    """
    found = [*project.secrets, *_within(project), *_pairs(project)]
    for name, value in _headers(project):
        if isinstance(value, Secret) or value in found:
            found += _parts(name, value)
    return tuple(dict.fromkeys(str(value) for value in found if value))


def spellings(value: str) -> tuple[str, ...]:
    """The ways in which a value stands in JSON, HTML, a URL, a form's body, and base64; always as many."""
    escaped = html.escape(value)
    return (
        value,
        json.dumps(value)[1:-1],
        json.dumps(value, ensure_ascii=False)[1:-1],
        escaped,
        escaped.replace("&#x27;", "&#39;").replace("&quot;", "&#34;"),
        quote(value, safe=""),
        quote(value, safe="!'()*"),  # encodeURIComponent
        quote(value),
        quote_plus(value),
        base64.b64encode(value.encode()).decode(),
    )


def _within(value: object) -> list[str]:
    if isinstance(value, Secret):
        return [str(value)]
    if isinstance(value, str):
        return secrets_in(value) if "://" in value else []
    if is_dataclass(value) and not isinstance(value, type):
        return [text for field in fields(value) for text in _within(getattr(value, field.name))]
    if isinstance(value, Mapping):
        return [text for held in value.values() for text in _within(held)]
    if isinstance(value, tuple):
        return [text for held in value for text in _within(held)]
    return []


def _headers(project: Project) -> Iterator[tuple[str, str]]:
    yield from project.use.extra_http_headers.items()
    if project.use.connect_options is not None:
        yield from project.use.connect_options.headers.items()


def _parts(name: str, value: str) -> Iterator[str]:
    """What of a header is the credential (RFC 9110 section 11.4, RFC 6265 section 4.2)."""
    match name.lower():
        case "authorization" | "proxy-authorization":
            scheme, _, credentials = value.partition(" ")
            yield credentials.strip()
            if scheme.lower() == "basic":
                yield from _basic(credentials)
        case "cookie":
            parts = (pair.partition("=")[2].strip() for pair in value.split(";"))
            yield from (part for part in parts if len(part) >= _PART)


def _basic(credentials: str) -> Iterator[str]:
    """The password within the credentials of a header (RFC 7617 section 2)."""
    try:
        pair = base64.b64decode(credentials).decode()
    except ValueError:
        return
    yield pair.partition(":")[2]


def _pairs(project: Project) -> Iterator[str]:
    """Basic credentials as a header holds them."""
    use = project.use
    pairs = [(each.username, each.password) for each in (use.http_credentials, use.proxy) if each is not None]
    for account in project.inbox.each_account():
        pairs.append((account.options.get("username"), account.options.get("password")))
        pairs.append((account.options.get("key"), ""))
    for url in _urls(project):
        parts = urlsplit(url)
        if parts.password:
            pairs.append((unquote(parts.username or ""), unquote(parts.password)))
    for name, password in pairs:
        if name:
            yield base64.b64encode(f"{name}:{password or ''}".encode()).decode()


def _urls(project: Project) -> Iterator[str]:
    if project.use.base_url is not None:
        yield project.use.base_url
    for account in project.inbox.each_account():
        yield from (value for value in account.options.values() if isinstance(value, str) and "://" in value)
