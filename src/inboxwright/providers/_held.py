"""For services that hold a request until mail comes, one request an inbox."""

import asyncio
import time
from abc import abstractmethod

from inboxwright.providers._recent import RecentListingBackend
from inboxwright.providers.base import Deliver
from inboxwright.providers.listing import Interval

_HELD = 40
"""Requests that are held at the same time, for the newest inboxes; the others are looked at."""
_AT_ONCE = 1.0
"""Seconds: a request that ends sooner and brings nothing was not held."""


class HeldListingBackend(RecentListingBackend):
    """A backend that also says how to `hold` a request for an inbox."""

    def __init__(self) -> None:
        super().__init__()
        self._held: dict[str, asyncio.Task[None]] = {}

    @abstractmethod
    async def hold(self, address: str) -> list[str]:
        """Ids, oldest first, once there is one that was not read; none if it took too long. Raises a ProviderError."""

    async def close(self) -> None:
        """Let the requests go, and stop looking."""
        held, self._held = list(self._held.values()), {}
        for task in held:
            task.cancel()
        await asyncio.gather(*held, return_exceptions=True)
        await super().close()

    async def watch(self, address: str, deliver: Deliver) -> None:
        """Hold a request for the inbox from now on, in place of the oldest one if there are many."""
        await super().watch(address, deliver)
        if len(self._held) >= _HELD:
            self._held.pop(next(iter(self._held))).cancel()
        self._held[address] = asyncio.create_task(self._hold(address))

    async def unwatch(self, address: str) -> None:
        """Let its request go."""
        if (task := self._held.pop(address, None)) is not None:
            task.cancel()
        await super().unwatch(address)

    async def _hold(self, address: str) -> None:
        interval = Interval()
        while (watched := self.watched.get(address)) is not None:
            self.pushing = True
            begun, known = time.monotonic(), len(watched.read)
            try:
                await self.take(address, await self.hold(address))
                if len(watched.read) > known or time.monotonic() - begun > _AT_ONCE:
                    interval.reset()
                    continue
            except Exception:  # noqa: BLE001 - the look that follows fails likewise, and says so
                self.pushing = False
                self.look_soon(address)
            await asyncio.sleep(interval.next(pushing=False))
