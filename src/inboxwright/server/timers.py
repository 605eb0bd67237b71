"""Deliveries that wait for their time, because a fault says so. They are stored, and survive a restart."""

import asyncio
import time
from collections.abc import Sequence

from inboxwright.server.deliveries import Held
from inboxwright.server.store import Store


class Holder:
    """A timer for each held delivery."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._loop = asyncio.get_running_loop()
        self._tasks: set[asyncio.Task[object]] = set()
        store.on_held = self.schedule
        self.schedule(store.held())

    def schedule(self, held: Sequence[Held]) -> None:
        """Make these deliveries when their time comes. One that was made or deleted meanwhile is left alone."""
        for one in held:
            self._loop.call_later(max(0.0, one.release_at - time.time()), self._release, one.id)

    def _release(self, number: int) -> None:
        task: asyncio.Task[object] = asyncio.ensure_future(self._store.release([number]))
        self._tasks.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[object]) -> None:
        self._tasks.discard(task)
        if not task.cancelled():
            task.exception()  # a delivery that cannot be made now stays held, and is made after the next start
