"""Values that are masked when shown, and where a secret is likely to stand: names, and places in a URL."""

import re
from urllib.parse import unquote, unquote_plus, urlsplit

_WORDS = ("auth", "cookie", "token", "secret", "passw", "credential", "api[-_]?key", "access[-_]?key", "private")
# JSON Schema has no flag for case, so each letter outside a class is spelt both ways.
SENSITIVE_NAME = "|".join(re.sub(r"[a-z]", lambda c: f"[{c[0].upper()}{c[0]}]", word) for word in _WORDS)
_QUERY = re.compile(r"(?<=[?&])([^=&#]*)=([^&#]+)")


def is_sensitive(name: str) -> bool:
    """Whether a header or variable of this name is likely to hold a secret."""
    return bool(re.search(SENSITIVE_NAME, name))


def secrets_in(url: str) -> list[str]:
    """The password (RFC 3986 section 3.2.1) and the values such as `?token=…`, as written and as meant."""
    try:
        password = urlsplit(url).password
    except ValueError:
        return []
    found = [password, unquote(password)] if password else []
    for name, value in _QUERY.findall(url):
        if _names_a_secret(name):
            found += [value, unquote_plus(value)]
    return list(dict.fromkeys(found))


def without_secrets(url: str) -> str:
    """The URL for people: each secret in it is ****."""
    scheme, _, rest = url.partition("://")
    authority = re.split("[/?#]", rest, maxsplit=1)[0]
    user, at, host = authority.rpartition("@")
    name, colon, _ = user.partition(":")
    shown = f"{name}:****@{host}" if at and colon else authority
    tail = _QUERY.sub(lambda q: f"{q[1]}=****" if _names_a_secret(q[1]) else q[0], rest[len(authority) :])
    return f"{scheme}://{shown}{tail}"


def _names_a_secret(name: str) -> bool:
    return is_sensitive(name) or name.lower() == "key"


class Secret(str):
    """A password, token or key: a plain string to libraries, masked when shown."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "'****'"


class SecretUrl(str):
    """A URL with a password or a token in it, which is masked when shown."""

    __slots__ = ()

    def __repr__(self) -> str:
        return repr(without_secrets(self))
