"""One wait for calls, from its cursor to its calls or to what was wrong with the others. Lives in the hub's loop."""

import asyncio
import time
from dataclasses import dataclass, field

from inboxwright.callbacks._call import Call
from inboxwright.callbacks._hub import CallbackHub, Channel, Heard
from inboxwright.callbacks._match import CallCriteria
from inboxwright.callbacks._signatures import Forged
from inboxwright.errors import CallTimeout, UnexpectedCall

_SHOWN = 8
"""Calls that a failure tells of."""


@dataclass(slots=True, kw_only=True)
class CallWait:
    """What was asked for and, bit by bit, what was heard. Times are milliseconds."""

    hub: CallbackHub
    channel: Channel
    criteria: CallCriteria
    timeout: float
    count: int = 1
    exact: bool = False
    silent: bool = False
    begun: float = 0.0
    """Monotonic seconds: when the cursor was taken; 0 while the block was not entered."""
    started: float = 0.0
    """Monotonic seconds: the end of the block."""
    ended: float | None = None
    outcome: str | None = None
    _cursor: int = 0
    _seen: int = 0
    _found: list[Heard] = field(default_factory=list)
    _refused: list[Heard] = field(default_factory=list)
    _others: list[tuple[Heard, str]] = field(default_factory=list)

    @property
    def wanted(self) -> str:
        """In words."""
        return f"call{self.criteria}"

    async def begin(self) -> None:
        """Take the cursor: only calls that the receiver gets after this count. Raises ProviderUnavailable."""
        if self.begun:
            raise RuntimeError("an expectation is used once; write a new one")
        self.begun = time.monotonic()
        self._cursor = await self.hub.order("position", self.channel)

    async def calls(self) -> list[Call]:
        """The `count` calls. Raises CallTimeout, or UnexpectedCall for more than an exact count."""
        self.started = time.monotonic()
        if not await self._heard(self.count):
            raise self._failure()
        if self.exact:
            await self._read_all()
        if self.exact and len(self._found) > self.count:
            raise self._surplus(f"{self.count} {self.wanted} expected")
        self._end("arrived")
        taken = self._found[: self.count]
        for heard in [*taken, *self._refused]:
            heard.claimed = True
        refused = tuple(heard.call for heard in self._refused)
        return [heard.call.after(tuple(one for one in refused if one.number < heard.call.number)) for heard in taken]

    async def silence(self) -> None:
        """No such call within `timeout`. Raises UnexpectedCall as soon as there is one."""
        self.started = time.monotonic()
        if not await self._heard(1):
            await self._read_all()
        if self._found:
            raise self._surplus(f"no {self.wanted} expected")
        self._end("silence")

    async def _read_all(self) -> None:
        """What the receiver has got by now, though it may not have been heard here yet."""
        await self.hub.order("position", self.channel)
        self._read()

    async def _heard(self, count: int) -> bool:
        limit = asyncio.timeout(self.timeout / 1000 if self.timeout else None)
        try:
            async with limit:
                self._read()
                while len(self._found) < count:
                    await self.channel.more()
                    self._read()
        except TimeoutError:
            if not limit.expired():  # it is one that `where` raised
                raise
        return len(self._found) >= count

    def _read(self) -> None:
        log = self.channel.log
        while self._seen < len(log):
            heard = log[self._seen]
            self._seen += 1
            if heard.call.number <= self._cursor:
                continue
            differences = self.criteria.differences(heard.call)
            if differences:
                self._others.append((heard, "; ".join(differences)))
            elif (trouble := self._signature_trouble(heard)) is not None:
                heard.trouble = trouble
                self._others.append((heard, trouble))
            elif heard.call.accepted or self.silent:
                self._found.append(heard)
            else:
                self._refused.append(heard)

    def _signature_trouble(self, heard: Heard) -> str | None:
        scheme = self.criteria.signed
        if scheme is None:
            return None
        try:
            signed = scheme.verify(heard.call)
        except Forged as error:
            return f"forged: {error}"
        if signed.id in self.channel.accepted:
            return f"replayed: {signed.id!r} was accepted before"
        if heard.call.accepted:
            self.channel.accepted.add(signed.id)
        return None

    def _failure(self) -> CallTimeout:
        self._end("nothing came")
        lines = [f"  - {heard.call}: {why}" for heard, why in self._others]
        lines += [f"  - {heard.call}: fits, and was refused" for heard in self._refused]
        if len(lines) > _SHOWN:
            lines = [f"  … {len(lines) - _SHOWN} before", *lines[-_SHOWN:]]
        often = "" if self.count == 1 else f" ({len(self._found)} of {self.count} came)"
        heard = "these calls came instead:" if lines else f"no call came to {self.hub.url}/{self.channel.id}"
        return CallTimeout("\n".join([f"no {self.wanted} within {self.timeout:g} ms{often}; {heard}", *lines]))

    def _surplus(self, expected: str) -> UnexpectedCall:
        self._end("unexpected")
        for heard in self._found:
            heard.claimed = True
        lines = [f"  - {heard.call} after {max(heard.at - self.begun, 0):.2f} s" for heard in self._found]
        return UnexpectedCall("\n".join([f"{expected}, {len(self._found)} came:", *lines]))

    def _end(self, outcome: str) -> None:
        self.ended, self.outcome = time.monotonic(), outcome
