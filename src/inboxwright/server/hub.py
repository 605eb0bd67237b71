"""Who is told what: one entry per watched address, so that a message wakes exactly its own waiters."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Protocol

from inboxwright.server.deliveries import Delivery


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Mail for an address that had to be refused."""

    recipient: str
    code: int
    reason: str


class Watcher(Protocol):
    """One client connection, as the hub sees it. Its methods return at once."""

    def arrived(self, delivery: Delivery) -> None:
        """A message for an address that it watches."""

    def refused(self, refusal: Refusal) -> None:
        """Mail for an address that it watches was refused."""


class Hub:
    """Hands every published delivery to the watchers of its address, and to whoever follows everything."""

    def __init__(self) -> None:
        self._watchers: dict[str, list[Watcher]] = {}
        self._followers: list[tuple[Callable[[Delivery], None], Callable[[], None]]] = []
        self._told: list[Callable[[str, Any], None]] = []

    def add(self, address: str, watcher: Watcher) -> None:
        """Start telling `watcher` about the address; once is enough."""
        watchers = self._watchers.setdefault(address, [])
        if watcher not in watchers:
            watchers.append(watcher)

    def remove(self, address: str, watcher: Watcher) -> None:
        """Stop telling `watcher` about the address."""
        watchers = self._watchers.get(address, [])
        if watcher in watchers:
            watchers.remove(watcher)
        if not watchers:
            self._watchers.pop(address, None)

    def publish(self, deliveries: Sequence[Delivery]) -> None:
        """Tell about stored deliveries, oldest first."""
        for delivery in deliveries:
            for watcher in self._watchers.get(delivery.recipient, ()):
                watcher.arrived(delivery)
            for arrived, _ in self._followers:
                arrived(delivery)

    def refuse(self, refusal: Refusal) -> None:
        """Tell the waiters that a message will not come."""
        for watcher in self._watchers.get(refusal.recipient, ()):
            watcher.refused(refusal)

    def deleted(self) -> None:
        """Messages were deleted."""
        for _, deleted in self._followers:
            deleted()

    def tell(self, kind: str, about: Any = None) -> None:
        """Something else happened to stored messages: Mailpit's "update", "delete", "truncate", "prune"."""
        for told in list(self._told):
            told(kind, about)

    @contextmanager
    def told(self, hear: Callable[[str, Any], None]) -> Iterator[None]:
        """Be told of what happens to stored messages, while the block runs."""
        self._told.append(hear)
        try:
            yield
        finally:
            self._told.remove(hear)

    @contextmanager
    def following(self, arrived: Callable[[Delivery], None], deleted: Callable[[], None]) -> Iterator[None]:
        """Be told of every delivery and of deletions, while the block runs."""
        entry = (arrived, deleted)
        self._followers.append(entry)
        try:
            yield
        finally:
            self._followers.remove(entry)
