"""`inbox.faults`: break the mail of an address on purpose, to test retries and bounces."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import quote

Call = Callable[[str, str, dict[str, Any] | None], Any]
"""One request to the embedded server: method, path and JSON body; returns the JSON of the answer."""

Part = Literal["boundary", "encoding", "charset", "header", "truncate"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One fault that was asked for."""

    id: str
    kind: str
    address: str
    """Exact, or a pattern with `*` and `?`."""
    hits: int
    """How often it had been applied when this was read; `Faults.read` reads it again."""


class Faults:
    """Faults for the mail of one address, at the embedded server (RFC 5321, replies by RFC 3463).

    Every method returns the Fault it made. `count` says how often it is applied, None until it is cleared; `skip`
    how many messages it lets pass first. `address` may name another address, or a pattern with `*` and `?`.
    Durations are milliseconds. Errors are those of the provider, ConfigError for a rule that makes no sense.
    """

    def __init__(self, call: Call, address: str) -> None:
        self._call = call
        self._address = address

    def refuse(
        self,
        code: int = 550,
        *,
        at: Literal["rcpt", "data"] = "rcpt",
        text: str = "",
        count: int | None = None,
        skip: int = 0,
        address: str | None = None,
    ) -> Fault:
        """Answer RCPT or DATA with 550, 551, 451, 421 (which ends the connection), or any other 4xx or 5xx."""
        return self._add("refuse", address, count, skip, code=code, at=at, text=text)

    def greylist(self, delay: int = 1000, *, address: str | None = None) -> Fault:
        """Answer 451 until `delay` after the first attempt (RFC 6647); then the same sender gets through."""
        return self._add("greylist", address, None, 0, delay=delay)

    def delay(self, delay: int, *, count: int | None = None, skip: int = 0, address: str | None = None) -> Fault:
        """Accept at once, and let the message arrive `delay` later."""
        return self._add("delay", address, count, skip, delay=delay)

    def duplicate(
        self, copies: int = 2, *, count: int | None = None, skip: int = 0, address: str | None = None
    ) -> Fault:
        """Let the message arrive more than once."""
        return self._add("duplicate", address, count, skip, copies=copies)

    def reorder(
        self, window: int = 2, *, delay: int = 2000, count: int | None = None, address: str | None = None
    ) -> Fault:
        """Let every `window` messages arrive in the reverse order; after `delay` whatever is held back arrives."""
        return self._add("reorder", address, count, 0, window=window, delay=delay)

    def drop(
        self,
        when: Literal["before", "after"] = "before",
        *,
        count: int | None = 1,
        skip: int = 0,
        address: str | None = None,
    ) -> Fault:
        """Close the connection after DATA without a reply: before storing the message, or after."""
        return self._add("drop", address, count, skip, when=when)

    def corrupt(
        self,
        part: Part = "boundary",
        *,
        count: int | None = None,
        skip: int = 0,
        address: str | None = None,
    ) -> Fault:
        """Break the MIME: a lost closing boundary, a wrong encoding or charset, a broken header, a lost half."""
        return self._add("corrupt", address, count, skip, part=part)

    def read(self, fault: Fault) -> Fault:
        """The same fault with its present `hits`."""
        return _fault(self._call("GET", f"/v1/faults/{fault.id}", None))

    def clear(self, fault: Fault | None = None) -> None:
        """End one fault, or all that were made here for this address."""
        path = f"/v1/faults/{fault.id}" if fault else f"/v1/faults?address={quote(self._address)}"
        self._call("DELETE", path, None)

    def _add(self, kind: str, address: str | None, count: int | None, skip: int, **fields: Any) -> Fault:
        rule = {"kind": kind, "address": address or self._address, "count": count, "skip": skip, **fields}
        return _fault(self._call("POST", "/v1/faults", rule))


def _fault(told: dict[str, Any]) -> Fault:
    return Fault(id=told["id"], kind=told["kind"], address=told["address"], hits=told["hits"])
