"""One wait, from its cursor to its messages or its verdict. Lives in the provider's loop."""

import asyncio
import logging
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from inboxwright.errors import MailTimeout, ProviderError, ProviderUnavailable, UnexpectedMessage, Verdict
from inboxwright.inbox._criteria import Criteria, Rejection
from inboxwright.inbox._mailbox import Entry, Mailbox
from inboxwright.inbox._tried import tried
from inboxwright.inbox._verdicts import Evidence, diagnose
from inboxwright.mail import Message

_log = logging.getLogger("inboxwright")

_LAST_QUESTION = 0.03
"""The share of the timeout that may go into asking where the mail went."""
_BEFORE = 60.0
"""Seconds before a wait from the inbox's start in which an attempt to send still counts as one for it."""
_PATIENCE = 3.0
"""Seconds that the provider may take to begin and to confirm a silence: refusals that pass, and a short Retry-After,
among them."""


@dataclass(slots=True, kw_only=True)
class Wait:
    """What was asked for and, bit by bit, what was seen. Times are milliseconds, as in Playwright."""

    mailbox: Mailbox
    criteria: Criteria
    timeout: float
    count: int = 1
    exact: bool = False
    """Whether more than `count` is a failure rather than left for others."""
    silent: bool = False
    """Whether none is expected: `timeout` is how long to watch, not how long the provider may take."""
    settle: float = 0
    journey: str = ""
    """The function that asked."""
    cursor: int = 0
    position: int | None = None
    """The server's, over all addresses, when the cursor was taken."""
    begun: float = 0.0
    """Monotonic seconds: when the cursor was taken; 0 for a wait from the inbox's start."""
    started: float = 0.0
    """Monotonic seconds: when the waiting began, at the end of the block."""
    ended: float | None = None
    outcome: str | None = None
    """A verdict, "arrived", "silence" or "unexpected"; None while waiting."""
    found: list[Entry] = field(default_factory=list)
    rejected: list[tuple[Entry, Rejection]] = field(default_factory=list)
    _seen: int = 0

    @property
    def elapsed(self) -> float:
        """Milliseconds from the start of the wait to its end, or to now."""
        return ((self.ended or time.monotonic()) - self.started) * 1000

    async def begin(self) -> None:
        """Take the cursor: only what the server stores after this counts. Raises a ProviderError or MailTimeout."""
        if self.started:
            raise RuntimeError("an expectation is used once; write a new one")
        self.begun = self.started = time.monotonic()
        _log.info("from now on %s counts", self.wanted)
        within = self.timeout / 1000
        self.cursor, self.position = await self._cursor(max(within, _PATIENCE) if self.silent else within)
        self._seen = self.cursor

    async def messages(self) -> list[Message]:
        """The `count` messages. Raises MailTimeout with a verdict, or UnexpectedMessage for more than an exact count.

        The timeout runs from here, not from `begin`: a slow click does not shorten the time that the mail has.
        """
        self.started = time.monotonic()
        self._seen = self.cursor
        _log.info("waiting up to %g ms for %s", self.timeout, self.wanted)
        if not await self._found(self.count, within=self.timeout):
            raise await self._verdict()
        if self.settle:
            await self._found(self.count + 1, within=self.settle)
        if self.exact and len(self.found) == self.count:
            await self._read_all()
        if self.exact and len(self.found) > self.count:
            raise self._surplus(f"{self.count} {self.wanted} expected")
        self._end("arrived")
        taken = self.found[: self.count]
        for entry in taken:
            entry.claimed = True
        return [entry.message for entry in taken]

    async def silence(self) -> None:
        """Nothing that fits within `timeout`. Raises UnexpectedMessage as soon as something does.

        Silence of a provider that cannot be heard proves nothing: then it raises MailTimeout.
        """
        self.started = time.monotonic()
        _log.info("watching %g ms for silence: no %s", self.timeout, self.wanted)
        if await self._found(1, within=self.timeout):
            raise self._surplus(f"no {self.wanted} expected")
        await self._read_all()
        if self.found:
            raise self._surplus(f"no {self.wanted} expected")
        self._end("silence")

    async def _cursor(self, within: float) -> tuple[int, int | None]:
        try:
            return await asyncio.wait_for(self.mailbox.cursor(), within)
        except TimeoutError:
            silent = ProviderUnavailable(f"it did not answer within {within:g} s")
            raise await self._verdict(self.mailbox.backend.trouble or silent) from None

    async def _read_all(self) -> None:
        """Hear and read all that the provider holds; once it has told, it does not matter what it refused before."""
        try:
            await self._cursor(_PATIENCE)
        except ProviderError as error:
            raise await self._verdict(error) from None
        self._read(self.mailbox.log[self._seen :])

    async def _found(self, count: int, *, within: float) -> bool:
        limit = asyncio.timeout(within / 1000)
        try:
            async with limit:
                while len(self.found) < count:
                    self._read(await self.mailbox.entries_after(self._seen))
        except TimeoutError:
            if not limit.expired():  # it is one that `where` raised
                raise
            self._read(self.mailbox.log[self._seen :])  # what came in the very moment
        except ProviderError as error:  # no mail can come any more
            raise await self._verdict(error) from None
        return len(self.found) >= count

    def _read(self, entries: Iterable[Entry]) -> None:
        for entry in entries:
            self._seen += 1
            if entry.refused is not None:
                self.rejected.append((entry, Rejection(reason=entry.refused)))
            elif (rejection := self.criteria.reject(entry.message)) is not None:
                self.rejected.append((entry, rejection))
            else:
                self.found.append(entry)

    @property
    def wanted(self) -> str:
        """What is waited for, in words."""
        return f"mail{self.criteria} to {self.mailbox.address}"

    def _surplus(self, expected: str) -> UnexpectedMessage:
        self._end("unexpected")
        lines = [
            f"  - {entry} after {max(entry.arrived - (self.begun or self.started), 0):.1f} s" for entry in self.found
        ]
        for entry in self.found:
            entry.claimed = True
        return UnexpectedMessage("\n".join([f"{expected}, {len(self.found)} arrived:", *lines]))

    async def _verdict(self, trouble: ProviderError | None = None) -> MailTimeout:
        trouble = trouble or self.mailbox.backend.trouble
        strays: Sequence[str] = ()
        attempts: Sequence[str] = ()
        if trouble is None:
            strays, trouble = await self._strays()
        if trouble is None:
            attempts = await self._attempts()
        timeout = diagnose(
            Evidence(
                wanted=self.wanted,
                address=self.mailbox.address,
                timeout=self.timeout,
                silent=self.silent,
                started=self.begun or self.started,
                found=len(self.found),
                count=self.count,
                rejected=self.rejected,
                older=self.mailbox.log[: self.cursor],
                trouble=trouble,
                ended=self.mailbox.backend.ended is not None and self.mailbox.backend.ended.is_set(),
                refusals=self.mailbox.backend.refusals(self.mailbox.address),
                strays=strays,
                misdelivered=self.mailbox.misdelivered(self.criteria, since=self.begun),
                tried=attempts,
            )
        )
        self._end(timeout.verdict)
        return timeout

    async def _strays(self) -> tuple[Sequence[str], ProviderError | None]:
        """Where else mail went meanwhile, or why the provider cannot say; the wait is over, so it is asked briefly."""
        try:
            async with asyncio.timeout(max(self.timeout / 1000 * _LAST_QUESTION, 0.02)):
                return await self.mailbox.backend.strays(self.position), None
        except TimeoutError:
            return (), None
        except ProviderError as error:
            return (), error

    async def _attempts(self) -> Sequence[str]:
        """What clients said to the mail server since the cursor was taken; nothing where that cannot be asked."""
        since = self.begun or self.started - _BEFORE
        try:
            async with asyncio.timeout(max(self.timeout / 1000 * _LAST_QUESTION, 0.1)):
                dialogues = await self.mailbox.backend.dialogues(time.monotonic() - since)
        except (TimeoutError, ProviderError):
            return ()
        return () if dialogues is None else tried(dialogues, self.mailbox.address)

    def _end(self, outcome: Verdict | str) -> None:
        self.ended, self.outcome = time.monotonic(), str(outcome)
        _log.info("after %.0f ms: %s: %s", self.elapsed, self.outcome, self.wanted)
