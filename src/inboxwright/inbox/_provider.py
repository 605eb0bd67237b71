"""A connected provider: mints inboxes, and owns the thread in which they receive."""

import asyncio
import logging
from collections.abc import AsyncIterable, Coroutine, Sequence
from concurrent.futures import Future
from contextlib import AbstractContextManager
from types import TracebackType
from typing import Any, Self, TypeVar

from inboxwright.address import Addresses
from inboxwright.errors import ConfigError, ProviderError, ProviderUnavailable, QuotaExceeded
from inboxwright.inbox._async_inbox import AsyncInbox
from inboxwright.inbox._core import InboxCore
from inboxwright.inbox._inbox import Inbox
from inboxwright.inbox._mailbox import Mailbox
from inboxwright.inbox._senders import SenderPolicy
from inboxwright.loops import LoopThread
from inboxwright.mail import MatchPolicy
from inboxwright.providers.allowance import Allowance
from inboxwright.providers.base import Backend, Capabilities
from inboxwright.retrying import retry_context
from inboxwright.waiting import Waiter, block

T = TypeVar("T")

_CLEAN_UP = 10.0
"""Seconds: the longest that deleting the run's own mail may hold up the end of a run."""

_CREATION = 30.0
"""Seconds that creating an inbox may take, the time that a Retry-After asks for among them."""

_HICCUP = 3.0
"""Seconds for which a refusal to create or to delete is taken for a passing one."""

_QUOTA = 10.0
"""Seconds that the mail system may take to say what it has left."""

_log = logging.getLogger("inboxwright")


class Provider:
    """Where mail is received. A context manager; `connect` makes one.

    >>> from inboxwright import connect
    >>> with connect(domain="inbox.example.com") as provider:
    ...     first, second = provider.new_inbox("signup"), provider.new_inbox("signup")
    >>> first.address == second.address
    False
    >>> first.address.startswith("signup-"), first.address.endswith("@inbox.example.com")
    (True, True)
    """

    def __init__(
        self,
        backend: Backend,
        *,
        addresses: Addresses,
        policy: MatchPolicy,
        senders: SenderPolicy,
        timeout: float,
        cleanup: bool,
    ) -> None:
        self._backend = backend
        self._addresses = addresses
        self._policy = policy
        self._senders = senders
        self._timeout = timeout
        self._cleanup = cleanup
        self._mailboxes: dict[str, Mailbox] = {}
        self._cores: dict[str, InboxCore] = {}
        self._created: list[str] = []
        self._loop = LoopThread(f"inboxwright {type(backend).__name__}")
        self._closed = False
        try:
            self._loop.submit(backend.open()).result()
        except BaseException:
            self.close()
            raise

    @property
    def run(self) -> str:
        """The run's id, which every address carries."""
        return self._addresses.run

    def lives_with_run(self) -> None:
        """The mail system was started for this run: once it has died, every wait ends, since nobody starts it again."""
        self._backend.lives_with_run = True

    @property
    def cores(self) -> list[InboxCore]:
        """The inboxes that were made here and not released; for the plugin's reports, not for tests."""
        return list(self._cores.values())

    @property
    def capabilities(self) -> Capabilities:
        """What the mail system can do."""
        return self._backend.capabilities

    @property
    def smtp_address(self) -> tuple[str, int] | None:
        """Host and port where an application can deliver, if the provider listens itself."""
        return self._backend.smtp_address

    def quota(self) -> Sequence[Allowance] | None:
        """What the account has left of its limits; empty where it has none, None where the mail system cannot say.

        Raises a ProviderError if that cannot be read.
        """
        return self._loop.submit(self._left()).result()

    async def _left(self) -> Sequence[Allowance] | None:
        try:
            async with asyncio.timeout(_QUOTA):
                return await self._backend.left()
        except TimeoutError:
            raise ProviderUnavailable(f"no answer within {_QUOTA:g} s") from None

    def new_inbox(self, hint: str = "inbox", *, wait: Waiter = block) -> Inbox:
        """A fresh inbox; `hint` stands in its address for people. Raises a ProviderError."""
        return Inbox(wait(self._loop.submit(self._create(hint))), wait=wait)

    async def new_async_inbox(self, hint: str = "inbox") -> AsyncInbox:
        """A fresh inbox for asyncio. Raises a ProviderError."""
        return AsyncInbox(await asyncio.wrap_future(self._loop.submit(self._create(hint))))

    def watch(self, address: str, *, wait: Waiter = block) -> Inbox:
        """An inbox for an address that exists already, such as "support@meadow.test": only what comes from now on.

        Its mail is never deleted with the run's. Raises ConfigError for no address, and for one that is watched here
        already, and a ProviderError.
        """
        return Inbox(wait(self._loop.submit(self._given(address))), wait=wait)

    async def watch_async(self, address: str) -> AsyncInbox:
        """As `watch`, for asyncio."""
        return AsyncInbox(await asyncio.wrap_future(self._loop.submit(self._given(address))))

    def release(self, inbox: Inbox | AsyncInbox) -> None:
        """Stop listening for an inbox whose test is over, without waiting; its mail is deleted with the run's."""
        self._mailboxes.pop(inbox.address, None)
        self._cores.pop(inbox.address, None)
        stopping = self._submit(self._backend.unwatch(inbox.address))
        stopping.add_done_callback(_note_failure)

    async def _create(self, hint: str) -> InboxCore:
        address = await self._mint(hint)
        self._created.append(address)
        return await self._open(address)

    async def _given(self, address: str) -> InboxCore:
        local, at, domain = address.strip().rpartition("@")
        if not (local and at and domain):
            raise ConfigError(f"watch({address!r}): an address is like support@meadow.test")
        address = f"{local}@{domain.lower()}"
        if address in self._mailboxes:
            raise ConfigError(
                f"watch({address!r}): it is watched already, and one of two watchers would take the other's mail;"
                " use the inbox that is there, or release it first"
            )
        core = await self._open(address)
        core.start = len(core.mailbox.log)  # an address that exists has a past
        return core

    async def _open(self, address: str) -> InboxCore:
        mailbox = Mailbox(address, self._backend, policy=self._policy, senders=self._senders, siblings=self._mailboxes)
        self._mailboxes[address] = mailbox
        await self._backend.watch(address, mailbox.deliver)
        _, birth = await mailbox.cursor()
        _log.info("inbox %s is ready", address)
        core = InboxCore(mailbox=mailbox, timeout=self._timeout, birth=birth, submit=self._submit)
        self._cores[address] = core
        return core

    async def _mint(self, hint: str) -> str:
        """An address that receives; each attempt has a fresh one, since a refused one may exist all the same."""
        try:
            async with asyncio.timeout(_CREATION):
                async for attempt in _hiccups():
                    with attempt:
                        address = await self._backend.create(self._addresses.mint(hint))
        except TimeoutError:
            raise ProviderUnavailable(
                f"no inbox was created within {_CREATION:g} s: the provider hangs, or asks for a longer pause"
            ) from None
        return address

    def _submit(self, coroutine: Coroutine[Any, Any, T]) -> "Future[T]":
        return self._loop.submit(coroutine)

    def close(self) -> None:
        """Delete the run's own mail, disconnect and end the thread; safe to call twice."""
        if self._closed:
            return
        self._closed = True
        try:
            self._loop.submit(self._shut_down()).result()
        finally:
            self._loop.close()

    async def _shut_down(self) -> None:
        try:
            if self._cleanup and self._created:
                async with asyncio.timeout(_CLEAN_UP):
                    async for attempt in _hiccups():
                        with attempt:
                            await self._backend.delete(self._created)
        except Exception as error:  # noqa: BLE001 - the run's results matter more than what it leaves behind
            said = error if isinstance(error, ProviderError) else repr(error)
            _log.warning("mail of run %s is left behind (`inboxwright sweep` removes it): %s", self.run, said)
        finally:
            await self._backend.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"Provider({type(self._backend).__name__}, run={self.run!r})"


def _hiccups() -> AsyncIterable[AbstractContextManager[object]]:
    """Attempts: a provider that refuses for a moment is asked again."""
    return retry_context(
        on=(ProviderUnavailable, QuotaExceeded), attempts=None, timeout=_HICCUP, wait_initial=0.25, wait_max=1.0
    )


def _note_failure(stopping: "Future[None]") -> None:
    if not stopping.cancelled() and (error := stopping.exception()) is not None:
        _log.debug("an inbox could not be released: %s", error)
