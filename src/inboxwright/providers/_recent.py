"""For services that are asked inbox by inbox: a long run's old inboxes must not use up the limit of requests."""

from collections.abc import Sequence

from inboxwright.providers.base import Deliver
from inboxwright.providers.listing import ListingBackend

_LOOKED_AT = 30
"""Addresses that one round asks for, beside those that somebody waits to hear of."""


class RecentListingBackend(ListingBackend):
    """Looks at the inboxes that were created or waited for last; the others are heard where the service pushes."""

    def __init__(self) -> None:
        super().__init__()
        self._recent: dict[str, None] = {}

    def _touch(self, address: str) -> None:
        self._recent.pop(address, None)
        self._recent[address] = None

    async def watch(self, address: str, deliver: Deliver) -> None:
        """Deliver for the address from the next look on."""
        self._touch(address)
        await super().watch(address, deliver)

    async def unwatch(self, address: str) -> None:
        """Forget the address."""
        self._recent.pop(address, None)
        await super().unwatch(address)

    async def synchronize(self, address: str) -> int | None:
        """A look that began after this call is over."""
        self._touch(address)
        return await super().synchronize(address)

    def choose(self, due: Sequence[str]) -> Sequence[str]:
        """The newest."""
        order = {address: number for number, address in enumerate(self._recent)}
        return sorted(due, key=lambda address: order.get(address, -1))[-_LOOKED_AT:]
