"""Faults on demand: what to do to the mail for an address, decided at RCPT and at DATA."""

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from inboxwright.server import fault_kinds
from inboxwright.server.corrupt import corrupted
from inboxwright.server.deliveries import Hold, Parcel
from inboxwright.server.fault_kinds import Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What becomes of one message. With a `reply` it is refused and nothing is stored."""

    reply: str | None = None
    drop: str | None = None
    """Close the connection without a reply, "before" or "after" storing."""
    parcels: tuple[Parcel, ...] = ()
    release: tuple[int, ...] = ()
    """Held deliveries to make right after these."""
    remember: tuple[tuple[Rule, str], ...] = ()
    """Reordering rules that hold this message back, and for which address."""


class Faults:
    """The rules of one server, in the order in which they were made. They live as long as the process."""

    def __init__(self) -> None:
        self._rules: dict[str, Rule] = {}
        self._made = 0

    def add(self, wanted: Any) -> Rule:
        """Make a rule from JSON. Raises RuleError."""
        rule = fault_kinds.parse(self._made + 1, wanted)
        self._made += 1
        self._rules[rule.id] = rule
        return rule

    def all(self, address: str | None = None) -> list[Rule]:
        """All rules, or those made for exactly this address or pattern."""
        return [rule for rule in self._rules.values() if address is None or rule.address == address]

    def get(self, number: str) -> Rule | None:
        """The rule of this id."""
        return self._rules.get(number)

    def remove(self, doomed: Iterable[Rule]) -> int:
        """Forget rules; how many there were."""
        return sum(self._rules.pop(rule.id, None) is not None for rule in list(doomed))

    def _apply(self, address: str, kind: str, suits: Callable[[Rule], bool] = lambda rule: True) -> Rule | None:
        for rule in self._rules.values():
            if rule.kind == kind and rule.matches(address) and suits(rule) and rule.take():
                return rule
        return None

    # -- decisions -----------------------------------------------------------------------------------------------

    def at_rcpt(self, address: str, sender: str, peer: str) -> str | None:
        """The reply that refuses a recipient, or None."""
        if not self._rules:
            return None
        refusing = self._apply(address, "refuse", lambda rule: rule.fields["at"] == "rcpt")
        if refusing:
            return refusing.reply
        for rule in self._rules.values():
            if rule.kind == "greylist" and rule.matches(address):
                first = rule.state.setdefault((peer, sender, address), time.monotonic())
                left = rule.fields["delay"] / 1000 - (time.monotonic() - first)
                if left > 0 and rule.take():
                    return f"451 4.7.1 Greylisted, try again in {left:.1f} seconds"
        return None

    def at_data(
        self, sender: str, recipients: Sequence[str], raw: bytes, received_at: datetime, said: Mapping[str, Any]
    ) -> Decision:
        """What becomes of a message. One reply covers all its recipients, so the first refusal decides for all."""
        whole = Parcel(sender=sender, recipients=tuple(recipients), raw=raw, received_at=received_at, said=said)
        if not any(rule.matches(address) for rule in self._rules.values() for address in recipients):
            return Decision(parcels=(whole,))
        for address in recipients:
            refusing = self._apply(address, "refuse", lambda rule: rule.fields["at"] == "data")
            if refusing:
                return Decision(reply=refusing.reply)
        dropping = next(filter(None, (self._apply(address, "drop") for address in recipients)), None)
        drop: str | None = dropping.fields["when"] if dropping else None
        if drop == "before":
            return Decision(drop=drop)
        parcels: list[Parcel] = []
        release: list[int] = []
        remember: list[tuple[Rule, str]] = []
        for address in recipients:
            parcels += self._for_one(address, whole, release, remember)
        return Decision(drop=drop, parcels=tuple(parcels), release=tuple(release), remember=tuple(remember))

    def _for_one(
        self, address: str, whole: Parcel, release: list[int], remember: list[tuple[Rule, str]]
    ) -> list[Parcel]:
        corrupting = self._apply(address, "corrupt")
        raw = corrupted(whole.raw, corrupting.fields["part"]) if corrupting else whole.raw
        hold: Hold | None = None
        delaying = self._apply(address, "delay")
        reordering = None if delaying else self._apply(address, "reorder")
        if delaying:
            hold = Hold(address=address, release_at=time.time() + delaying.fields["delay"] / 1000)
        elif reordering:
            waiting = reordering.state.setdefault(address, [])
            if len(waiting) + 1 >= reordering.fields["window"]:
                release += reversed(waiting)
                waiting.clear()
            else:
                hold = Hold(address=address, release_at=time.time() + reordering.fields["delay"] / 1000)
                remember.append((reordering, address))
        parcel = Parcel(
            sender=whole.sender,
            raw=raw,
            received_at=whole.received_at,
            said=whole.said,
            recipients=() if hold else (address,),
            held=(hold,) if hold else (),
        )
        duplicating = self._apply(address, "duplicate")
        return [parcel] * (duplicating.fields["copies"] if duplicating else 1)
