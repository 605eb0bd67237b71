"""What a test has of the receiver: its URL, its expectations, its refusals; sync and async faces of one core."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from inboxwright.callbacks._call import Call
from inboxwright.callbacks._hub import CallbackHub, Channel, Heard
from inboxwright.callbacks._match import CallCriteria, Text
from inboxwright.callbacks._signatures import Scheme
from inboxwright.callbacks._wait import CallWait
from inboxwright.expectation import AsyncExpectation, Expectation
from inboxwright.waiting import Waiter, block

T = TypeVar("T")


@dataclass(slots=True, kw_only=True)
class CallbacksCore:
    """One test's share of the receiver, without the choice between sync and async."""

    hub: CallbackHub
    channel: Channel
    timeout: float
    asked: list[CallWait] = field(default_factory=list)

    def wait(self, criteria: CallCriteria, *, timeout: float | None = None, **options: Any) -> CallWait:
        """A wait that is not begun yet."""
        limit = self.timeout if timeout is None else timeout
        wait = CallWait(hub=self.hub, channel=self.channel, criteria=criteria, timeout=limit, **options)
        self.asked.append(wait)
        return wait

    @property
    def unentered(self) -> list[CallWait]:
        """Expectations that were written without `with`: they assert nothing."""
        return [wait for wait in self.asked if not wait.begun]

    @property
    def heard(self) -> list[Heard]:
        """All calls so far, oldest first."""
        return list(self.channel.log)

    @property
    def unclaimed(self) -> list[Heard]:
        """Calls to this test's own path that no expectation claimed."""
        return [heard for heard in self.channel.log if not heard.claimed and not heard.call.shared]

    async def calls(self) -> list[Call]:
        """All that the receiver has got by now."""
        await self.hub.order("position", self.channel)
        return [heard.call for heard in self.channel.log]


class CallbackFaults:
    """Make the receiver fail on purpose. The newest rule that fits wins; `clear` ends all, and so does the test's end.

    `path` and `json` (a subset) narrow a rule; one without `count` holds until it is cleared. Where the application
    knows only the one `${CALLBACK_URL}`, a rule reaches the calls of every running test that fit: narrow it.
    """

    def __init__(self, core: CallbacksCore, run: Callable[[Coroutine[Any, Any, int]], Any]) -> None:
        self._core = core
        self._run = run

    def refuse(
        self,
        status: int = 503,
        *,
        count: int | None = None,
        retry_after: int | None = None,
        path: str | None = None,
        json: Any = None,
    ) -> Any:
        """Answer with this status, with `Retry-After` in seconds where it is given (RFC 9110 section 10.2.3)."""
        headers = {} if retry_after is None else {"Retry-After": str(retry_after)}
        return self.answer(status, headers=headers, count=count, path=path, json=json)

    def delay(self, ms: float, *, count: int | None = None, path: str | None = None, json: Any = None) -> Any:
        """Answer 200 after so many milliseconds; an application that does not wait has not delivered."""
        return self._add(delay=ms, count=count, path=path, json=json)

    def hang_up(self, *, count: int | None = None, path: str | None = None, json: Any = None) -> Any:
        """Break off in the middle of the answer."""
        return self._add(hang_up=True, count=count, path=path, json=json)

    def answer(
        self,
        status: int = 200,
        body: str = "",
        *,
        headers: Mapping[str, str] | None = None,
        count: int | None = None,
        path: str | None = None,
        json: Any = None,
    ) -> Any:
        """Answer with this status, body and header fields."""
        return self._add(status=status, body=body, headers=dict(headers or {}), count=count, path=path, json=json)

    def clear(self) -> Any:
        """Answer 200 from now on."""
        return self._run(self._core.hub.order("clear", self._core.channel))

    def _add(self, **rule: Any) -> Any:
        return self._run(self._core.hub.order("rule", self._core.channel, rule=rule))


class Callbacks:
    """The HTTP calls that the application makes to this test. All times are milliseconds; 0 is no limit.

    `path` is exact or a pattern that is searched; `json` is a subset of the body: of objects the fields that are named,
    of lists every element; `headers` likewise. A pattern in them is searched in a string. `signed` is a scheme such as
    `stripe("whsec_…")`: a call without its signature, and one that was accepted before, does not fit.
    """

    def __init__(self, core: CallbacksCore, *, wait: Waiter) -> None:
        self.core = core
        """For the plugin's reports; not for tests."""
        self._wait = wait

    @classmethod
    def open(cls, hub: CallbackHub, *, timeout: float = 30_000, wait: Waiter = block) -> "Callbacks":
        """A path of its own at this receiver."""
        return cls(CallbacksCore(hub=hub, channel=wait(hub.submit(hub.open())), timeout=timeout), wait=wait)

    @property
    def url(self) -> str:
        """This test's own URL, to be given to the application: all below it is the test's."""
        return f"{self.core.hub.url}/{self.core.channel.id}"

    @property
    def faults(self) -> CallbackFaults:
        """Refuse, delay, break off: does the application try again?"""
        return CallbackFaults(self.core, self._run)

    def calls(self) -> list[Call]:
        """All that came by now, oldest first, refused ones among them. Raises ProviderUnavailable."""
        return self._run(self.core.calls())

    def expect_call(
        self,
        *,
        method: str | None = None,
        path: Text | None = None,
        json: Any = None,
        headers: Mapping[str, Text] | None = None,
        where: Callable[[Call], object] | None = None,
        signed: Scheme | None = None,
        timeout: float | None = None,
    ) -> Expectation[Call]:
        """The call that the block causes: `with callbacks.expect_call(json={"id": 17}) as call: …`, then `call.value`.

        Only a call that is answered 2xx counts; those that were refused on purpose before are its `refused_before`.
        `timeout` runs from the block's end. Raises CallTimeout, which says in what other calls differed.
        """
        wait = self.core.wait(_criteria(method, path, json, headers, where, signed), timeout=timeout)
        return self._expectation(wait, lambda: self._run(wait.calls())[0])

    def expect_calls(
        self,
        *,
        count: int,
        method: str | None = None,
        path: Text | None = None,
        json: Any = None,
        headers: Mapping[str, Text] | None = None,
        where: Callable[[Call], object] | None = None,
        signed: Scheme | None = None,
        timeout: float | None = None,
    ) -> Expectation[list[Call]]:
        """Exactly `count` such calls; one more that came by then raises UnexpectedCall. ValueError below 1."""
        criteria = _criteria(method, path, json, headers, where, signed)
        wait = self.core.wait(criteria, timeout=timeout, count=_at_least_one(count), exact=True)
        return self._expectation(wait, lambda: self._run(wait.calls()))

    def expect_no_call(
        self,
        *,
        within: float = 2000,
        method: str | None = None,
        path: Text | None = None,
        json: Any = None,
        headers: Mapping[str, Text] | None = None,
        where: Callable[[Call], object] | None = None,
    ) -> Expectation[None]:
        """No such call until `within` after the block; one raises UnexpectedCall at once."""
        wait = self.core.wait(_criteria(method, path, json, headers, where, None), timeout=within, silent=True)
        return self._expectation(wait, lambda: self._run(wait.silence()))

    def release(self) -> None:
        """Give the path up."""
        self._run(self.core.hub.release(self.core.channel))

    def _expectation(self, wait: CallWait, finish: Callable[[], T]) -> Expectation[T]:
        return Expectation(begin=lambda: self._run(wait.begin()), finish=finish, what="call")

    def _run(self, coroutine: Coroutine[Any, Any, T]) -> T:
        future = self.core.hub.submit(coroutine)
        try:
            return self._wait(future)
        except BaseException:  # Ctrl-C, or a test's timeout: a wait that nobody waits for must not claim a call
            future.cancel()
            raise


class AsyncCallbacks:
    """As `Callbacks`, awaited: `async with callbacks.expect_call(…) as call: …`, then `await call.value`."""

    def __init__(self, core: CallbacksCore) -> None:
        self.core = core
        """For the plugin's reports; not for tests."""

    @classmethod
    async def open(cls, hub: CallbackHub, *, timeout: float = 30_000) -> "AsyncCallbacks":
        """A path of its own at this receiver."""
        channel = await asyncio.wrap_future(hub.submit(hub.open()))
        return cls(CallbacksCore(hub=hub, channel=channel, timeout=timeout))

    @classmethod
    def listening(cls, hub: CallbackHub, *, timeout: float = 30_000) -> "AsyncCallbacks":
        """As `open`, blocking for its round trip: for fixtures that no event loop runs."""
        return cls(CallbacksCore(hub=hub, channel=hub.submit(hub.open()).result(), timeout=timeout))

    @property
    def url(self) -> str:
        """As `Callbacks.url`."""
        return f"{self.core.hub.url}/{self.core.channel.id}"

    @property
    def faults(self) -> CallbackFaults:
        """As `Callbacks.faults`; its methods are awaited."""
        return CallbackFaults(self.core, self._run)

    async def calls(self) -> list[Call]:
        """As `Callbacks.calls`."""
        return await self._run(self.core.calls())

    def expect_call(
        self,
        *,
        method: str | None = None,
        path: Text | None = None,
        json: Any = None,
        headers: Mapping[str, Text] | None = None,
        where: Callable[[Call], object] | None = None,
        signed: Scheme | None = None,
        timeout: float | None = None,
    ) -> AsyncExpectation[Call]:
        """As `Callbacks.expect_call`."""
        wait = self.core.wait(_criteria(method, path, json, headers, where, signed), timeout=timeout)

        async def finish() -> Call:
            return (await self._run(wait.calls()))[0]

        return self._expectation(wait, finish)

    def expect_calls(
        self,
        *,
        count: int,
        method: str | None = None,
        path: Text | None = None,
        json: Any = None,
        headers: Mapping[str, Text] | None = None,
        where: Callable[[Call], object] | None = None,
        signed: Scheme | None = None,
        timeout: float | None = None,
    ) -> AsyncExpectation[list[Call]]:
        """As `Callbacks.expect_calls`."""
        criteria = _criteria(method, path, json, headers, where, signed)
        wait = self.core.wait(criteria, timeout=timeout, count=_at_least_one(count), exact=True)
        return self._expectation(wait, lambda: self._run(wait.calls()))

    def expect_no_call(
        self,
        *,
        within: float = 2000,
        method: str | None = None,
        path: Text | None = None,
        json: Any = None,
        headers: Mapping[str, Text] | None = None,
        where: Callable[[Call], object] | None = None,
    ) -> AsyncExpectation[None]:
        """As `Callbacks.expect_no_call`."""
        wait = self.core.wait(_criteria(method, path, json, headers, where, None), timeout=within, silent=True)
        return self._expectation(wait, lambda: self._run(wait.silence()))

    async def release(self) -> None:
        """Give the path up."""
        await self._run(self.core.hub.release(self.core.channel))

    def _expectation(self, wait: CallWait, finish: Callable[[], Awaitable[T]]) -> AsyncExpectation[T]:
        return AsyncExpectation(begin=lambda: self._run(wait.begin()), finish=finish, what="call")

    async def _run(self, coroutine: Coroutine[Any, Any, T]) -> T:
        return await asyncio.wrap_future(self.core.hub.submit(coroutine))


def _criteria(
    method: str | None,
    path: Text | None,
    json: Any,
    headers: Mapping[str, Text] | None,
    where: Callable[[Call], object] | None,
    signed: Scheme | None,
) -> CallCriteria:
    return CallCriteria(method=method, path=path, json=json, headers=headers, where=where, signed=signed)


def _at_least_one(count: int) -> int:
    if count < 1:
        raise ValueError(f"count={count} would assert nothing; for silence write expect_no_call(within=…)")
    return count
