"""What a stored message still tells of its envelope, where the mail system keeps it only in trace headers."""

import re
from collections.abc import Iterable, Iterator, Sequence
from email.utils import getaddresses

from inboxwright.address import same, split

_FIELD = re.compile(rb"([!-9;-~]+)[ \t]*:((?:.*?\r?\n(?=[ \t]))*.*)")
_FOR = re.compile(r"\bfor\s+<?([^\s<>;]+@[^\s<>;]+?)>?\s*(?:;|$)", re.IGNORECASE)

Field = tuple[str, str]
"""Lower-cased name and unfolded value."""


def fields(raw: bytes) -> list[Field]:
    """The header fields in their order (RFC 5322 section 2.2), undecoded."""
    return list(_fields(raw))


def _fields(raw: bytes) -> Iterator[Field]:
    end = re.search(rb"\r?\n\r?\n", raw)
    head = raw[: end.start()] if end else raw
    for line in re.split(rb"\r?\n(?![ \t])", head):
        if found := _FIELD.fullmatch(line):
            value = re.sub(rb"\r?\n", b"", found[2])
            yield found[1].decode("ascii").lower(), value.decode("utf-8", "surrogateescape").strip()


def values(of: Iterable[Field], *names: str) -> list[str]:
    """The values of the fields of these names, in order."""
    return [value for name, value in of if name in names]


def addresses(of: Iterable[Field], *names: str) -> list[str]:
    """The addresses in the fields of these names, in order."""
    return [address for _, address in getaddresses(values(of, *names)) if "@" in address]


def received_for(value: str) -> str | None:
    """The address in a Received field's "for" clause (RFC 5321 section 4.4)."""
    found = _FOR.search(value)
    return found[1] if found else None


def return_path(of: Iterable[Field]) -> str | None:
    """The envelope sender that the final receiver noted (RFC 5321 section 4.4); "" is the null sender."""
    paths = values(of, "return-path")
    return paths[0].strip("<> ") if paths else None


def recipients_of(head: Sequence[Field], *, own: str = "", one_each: bool = True) -> list[str]:
    """The envelope recipients as the trace fields tell; To and Cc only where these are silent.

    `own` is the catch-all's own address, which a delivery may note instead of the one that was mailed. Without
    `one_each` a single stored message may have several recipients and a "for" that names the first: To and Cc are
    believed beside it if they name it too.
    """
    named = addresses(head, "to", "cc")
    noted = [value.strip("<> ") for value in values(head, "delivered-to", "x-original-to")]
    handed = [to for value in values(head, "received") if (to := received_for(value))]
    traces = [to for to in (*noted, *handed) if "@" in to and split(to)[0].lower() != split(own)[0].lower()]
    if not traces:
        traces = [*named, *noted]
    elif not one_each and not noted and any(same(traces[0], to) for to in named):
        traces += named
    return list(dict.fromkeys(traces))
