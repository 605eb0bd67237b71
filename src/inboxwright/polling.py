"""Values that lag: asked again until they are as wanted, Playwright's `expect.poll` for Python.

The function is called in the thread that asked, so it may use the page. Between two looks the thread waits as the
plugin told it to, and no `page.route` handler stands still.
"""

import asyncio
import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass, field
from itertools import chain, repeat
from typing import Any, Generic, TypeVar

from inboxwright.errors import PollTimeout
from inboxwright.waiting import Waiter, block

T = TypeVar("T")

INTERVALS = (0.1, 0.25, 0.5, 1.0)
"""Seconds between two looks, the last one again and again: those of Playwright's `expect.poll`."""
TIMEOUT = 5_000
"""Milliseconds, as for Playwright's assertions."""
_SHOWN = 12
"""Different values that a failure names."""
_LONGEST = 200
"""Characters of one value."""


@dataclass(slots=True, kw_only=True)
class Seen:
    """Equal answers in a row: what it was, how often, and from when to when (milliseconds since the first look)."""

    what: str
    first: float
    last: float
    times: int = 1

    def __str__(self) -> str:
        often = f" ×{self.times}" if self.times > 1 else ""
        when = f"{self.first:,.0f} ms" if self.times == 1 else f"{self.first:,.0f}–{self.last:,.0f} ms"
        return f"{self.what}{often}, {when}"


@dataclass(slots=True, kw_only=True)
class Watch:
    """One poll: what is wanted, what was seen. Knows nothing of how it is waited."""

    wanted: str
    timeout: float
    """Milliseconds; 0 is no limit."""
    message: str | None
    began: float = field(default_factory=time.monotonic)
    """Monotonic seconds."""
    ended: float | None = None
    outcome: str | None = None
    """"came" or "did not come"; None while it is waited for, or where the function itself raised."""
    seen: list[Seen] = field(default_factory=list)

    def note(self, what: str) -> None:
        """Keep one answer."""
        now = (time.monotonic() - self.began) * 1000
        if self.seen and self.seen[-1].what == what:
            self.seen[-1].last, self.seen[-1].times = now, self.seen[-1].times + 1
        else:
            self.seen.append(Seen(what=what, first=now, last=now))

    def left(self) -> float:
        """Seconds until the timeout."""
        return float("inf") if not self.timeout else self.began + self.timeout / 1000 - time.monotonic()

    def end(self, outcome: str) -> None:
        """It is decided."""
        self.ended, self.outcome = time.monotonic(), outcome

    def failure(self) -> PollTimeout:
        """What was wanted, and what was seen and when."""
        self.end("did not come")
        shown = [str(seen) for seen in self.seen[-_SHOWN:]]
        if len(self.seen) > _SHOWN:
            shown.insert(0, f"… {len(self.seen) - _SHOWN} before")
        name = f"{self.message}: " if self.message else ""
        return PollTimeout(f"{name}expected {self.wanted} within {self.timeout:,g} ms; seen: {'; '.join(shown)}")


Keep = Callable[[Watch], None]
"""Who keeps what was polled for, for a failed test's journey."""


class _Question(Generic[T]):
    """The parts that sync and async share."""

    def __init__(
        self, *, timeout: float, message: str | None, ignore: tuple[type[Exception], ...], keep: Keep | None
    ) -> None:
        self._timeout = timeout
        self._message = message
        self._ignore = ignore
        self._keep = keep

    def _watch(self, wanted: str) -> Watch:
        watch = Watch(wanted=wanted, timeout=self._timeout, message=self._message)
        if self._keep is not None:
            self._keep(watch)
        return watch

    def _fits(self, watch: Watch, value: T, fits: Callable[[T], object]) -> bool:
        watch.note(_shown(value))
        if not fits(value):
            return False
        watch.end("came")
        return True

    def _pause(self, watch: Watch, intervals: Iterator[float]) -> float:
        """Seconds until the next look. Raises PollTimeout when there is none."""
        left = watch.left()
        if left <= 0:
            raise watch.failure()
        return min(next(intervals), left)


class Poll(_Question[T]):
    """What a function returns, asked again until it is as wanted."""

    def __init__(self, ask: Callable[[], T], *, wait: Waiter, **options: Any) -> None:
        super().__init__(**options)
        self._ask = ask
        self._wait = wait

    def to_equal(self, wanted: T) -> T:
        """The value, once it equals `wanted`. Raises PollTimeout, which lists what was seen and when."""
        return self._until(repr(wanted), lambda value: value == wanted)

    def to_satisfy(self, fits: Callable[[T], object]) -> T:
        """The value, once `fits(value)` is true. Raises PollTimeout, which lists what was seen and when."""
        return self._until(f"what {_named(fits)} accepts", fits)

    def _until(self, wanted: str, fits: Callable[[T], object]) -> T:
        watch, intervals = self._watch(wanted), _intervals()
        while True:
            try:
                value = self._ask()
            except self._ignore as error:
                watch.note(_raised(error))
            else:
                if self._fits(watch, value, fits):
                    return value
            _rest(self._pause(watch, intervals), self._wait)


class AsyncPoll(_Question[T]):
    """What an async function returns, asked again until it is as wanted."""

    def __init__(self, ask: Callable[[], Awaitable[T]], **options: Any) -> None:
        super().__init__(**options)
        self._ask = ask

    async def to_equal(self, wanted: T) -> T:
        """As `Poll.to_equal`."""
        return await self._until(repr(wanted), lambda value: value == wanted)

    async def to_satisfy(self, fits: Callable[[T], object]) -> T:
        """As `Poll.to_satisfy`."""
        return await self._until(f"what {_named(fits)} accepts", fits)

    async def _until(self, wanted: str, fits: Callable[[T], object]) -> T:
        watch, intervals = self._watch(wanted), _intervals()
        while True:
            try:
                value = await self._ask()
            except self._ignore as error:
                watch.note(_raised(error))
            else:
                if self._fits(watch, value, fits):
                    return value
            await asyncio.sleep(self._pause(watch, intervals))


def poll(
    ask: Callable[[], T],
    *,
    timeout: float = TIMEOUT,
    message: str | None = None,
    ignore: tuple[type[Exception], ...] = (),
    wait: Waiter = block,
    keep: Keep | None = None,
) -> Poll[T]:
    """Ask until the answer is as wanted: `poll(lambda: proxy.status(id)).to_equal("sent")`.

    `timeout` is milliseconds (0: no limit), `message` what a failure begins with. An exception of `ask` ends it at
    once, unless `ignore` names its type. In a test take the fixture of this name: it keeps the browser going
    meanwhile and uses the project's `expect.timeout`; this function blocks its thread.
    """
    return Poll(ask, timeout=timeout, message=message, ignore=ignore, wait=wait, keep=keep)


def async_poll(
    ask: Callable[[], Awaitable[T]],
    *,
    timeout: float = TIMEOUT,
    message: str | None = None,
    ignore: tuple[type[Exception], ...] = (),
    keep: Keep | None = None,
) -> AsyncPoll[T]:
    """As `poll`, awaited: `await async_poll(status).to_equal("sent")`; the fixture `poll` of an async suite."""
    return AsyncPoll(ask, timeout=timeout, message=message, ignore=ignore, keep=keep)


def _intervals() -> Iterator[float]:
    return chain(INTERVALS, repeat(INTERVALS[-1]))


def _rest(seconds: float, wait: Waiter) -> None:
    over: Future[None] = Future()
    timer = threading.Timer(seconds, over.set_result, (None,))
    timer.daemon = True
    timer.start()
    try:
        wait(over)
    finally:
        timer.cancel()


def _shown(value: object) -> str:
    text = value if isinstance(value, str) and value.isidentifier() else repr(value)
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"


def _raised(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:_LONGEST]


def _named(fits: Callable[..., object]) -> str:
    name = getattr(fits, "__name__", type(fits).__name__)
    return "the lambda" if name == "<lambda>" else name
