"""The store: one writer that commits in groups, and reads by index from the loop's thread."""

import asyncio
import json
import logging
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from inboxwright.server import schema
from inboxwright.server.commits import Commits, InLoop, InThread
from inboxwright.server.data_folder import Reserve
from inboxwright.server.deliveries import Delivery, Held, Parcel, Stored, StoreFull
from inboxwright.server.schema import Sync
from inboxwright.server.writer import Writer

T = TypeVar("T")

_CHUNK = 200
_log = logging.getLogger("inboxwright.server")
LARGEST = 2**63
"""SQLite's numbers end here."""

_SELECT = """
SELECT d.seq, m.id, d.address, m.sender, m.received_at, m.size, m.raw, m.said
FROM deliveries d JOIN messages m ON m.id = d.message
"""


class Store:
    """Messages in SQLite. All methods belong to the event loop's thread.

    `publish` is called in that thread with the deliveries of every commit, in the order of `seq`, before the
    futures of their senders are completed: whoever has read a 250 knows that the watchers were told.
    """

    def __init__(
        self,
        path: Path,
        *,
        sync: Sync = Sync.NORMAL,
        max_storage: int | None = None,
        reserve: Reserve | None = None,
    ) -> None:
        self._path = path
        self._reserve = reserve
        self.max_storage = max_storage
        self._loop = asyncio.get_running_loop()
        self._reader = schema.connect(path, sync)
        schema.create(self._reader, path)
        (self.id,) = self._reader.execute("SELECT id FROM identity").fetchone()
        """Another store has another one: the numbers of its messages mean nothing here."""
        row = self._reader.execute("SELECT seq FROM sqlite_sequence WHERE name = 'deliveries'").fetchone()
        self.head: int = row[0] if row else 0
        """The newest `seq` that was published."""
        self.publish: Callable[[Sequence[Delivery]], None] = lambda deliveries: None
        self.on_held: Callable[[Sequence[Held]], None] = lambda held: None
        self._shrinking = False
        if reserve is not None:
            reserve.keep()
        self._commits: Commits = (InThread if sync is Sync.FULL else InLoop)(path, sync, max_storage, self._complete)

    async def close(self) -> None:
        """Write what is queued, then stop."""
        await self._commits.close()
        self._reader.close()
        if self._reserve is not None:
            self._reserve.spend()

    # -- writing: every future is done once its transaction is committed ---------------------------------------

    def submit(self, job: Callable[[Writer], T]) -> asyncio.Future[T]:
        """Run `job` in the next transaction. The future raises StoreFull, or sqlite3.Error for anything else."""
        future: asyncio.Future[T] = self._loop.create_future()
        self._commits.submit(job, future)
        return future

    async def put(self, parcels: Sequence[Parcel], *, release: Sequence[int] = ()) -> Stored:
        """Store messages and, after them, make the held deliveries of these ids."""
        return await self.submit(lambda writer: writer.put(parcels, release))

    async def release(self, held: Sequence[int]) -> Stored:
        """Make held deliveries, in this order."""
        return await self.submit(lambda writer: writer.put((), held))

    async def delete(self, column: str, values: Iterable[Any]) -> int:
        """Delete deliveries, and what is held back for them; how many deliveries there were."""
        wanted = list(values)
        if column != "seq":
            await self._delete("held", "id", column, wanted)
        deleted = await self._delete("deliveries", "seq", column, wanted)
        if deleted:
            await self._shrink()
        return deleted

    async def _delete(self, table: str, key: str, column: str, values: Sequence[Any]) -> int:
        sql = f"SELECT {key} FROM {table} WHERE {column} = ?"  # noqa: S608 - our own names
        doomed = [number for value in values for (number,) in self.rows(sql, value)]
        for start in range(0, len(doomed), _CHUNK):  # some at a time, so that mail is not held up
            chunk = doomed[start : start + _CHUNK]
            await self._make_room(partial(Writer.delete, column=key, values=chunk, table=table))
        return len(doomed)

    async def delete_older(self, than: float, limit: int = 200) -> int:
        """Delete the oldest messages received before `than` (seconds since the epoch), `limit` at most; how many."""
        deleted = await self._make_room(partial(Writer.delete_older, than=than, limit=limit))
        if 0 < deleted < limit:
            await self._shrink()
        return deleted

    async def _make_room(self, job: Callable[[Writer], T]) -> T:
        """A job that frees space needs some itself: on a full disk it gets the reserve."""
        try:
            return await self.submit(job)
        except StoreFull:
            if self._reserve is None or not self._reserve.spend():
                raise
        return await self.submit(job)

    async def _shrink(self) -> None:
        """Give what deleting freed back to the disk, some at a time so that mail is not held up."""
        if self._shrinking:
            return
        self._shrinking = True
        try:
            tight = self._reserve is not None and self._reserve.needed()
            if tight or await self.submit(Writer.wasted):
                if tight and self._reserve is not None:
                    self._reserve.spend()
                while await self.submit(Writer.shrink):
                    pass
                await self._commits.fold()
        except (StoreFull, sqlite3.Error):
            _log.exception("the store could not be made smaller")
        finally:
            self._shrinking = False
        if self._reserve is not None:
            self._reserve.keep()

    def _complete(self, results: list[Any], futures: list[asyncio.Future[Any]]) -> None:
        for result in results:
            if isinstance(result, Stored):
                if result.deliveries:
                    self.head = result.deliveries[-1].seq
                    self.publish(result.deliveries)
                if result.held:
                    self.on_held(result.held)
        for result, future in zip(results, futures, strict=True):
            if future.done():  # the client went away meanwhile
                continue
            if isinstance(result, Exception):
                future.set_exception(result)
            else:
                future.set_result(result)

    # -- reading -------------------------------------------------------------------------------------------------

    def rows(self, sql: str, *values: Any) -> list[Any]:
        """Read by index, in the loop's thread: microseconds."""
        return self._reader.execute(sql, values).fetchall()

    def deliveries(self, where: str, *values: Any) -> Iterator[Delivery]:
        """Read one after the other: a list of large messages would not fit into memory."""
        return map(_as_delivery, self._reader.execute(f"{_SELECT} {where}", values))

    async def scan(self, read: Callable[[sqlite3.Connection], T]) -> T:
        """Read what may take long, in a thread of its own."""

        def run() -> T:
            connection = schema.connect(self._path)
            try:
                return read(connection)
            finally:
                connection.close()

        return await asyncio.to_thread(run)

    def after(self, address: str, seq: int, limit: int = 8) -> list[Delivery]:
        """The oldest deliveries for exactly `address` with a higher `seq`."""
        where = "WHERE d.address = ? AND d.seq > ? ORDER BY d.seq LIMIT ?"
        return list(self.deliveries(where, address, seq, limit))

    def delivery(self, seq: int) -> Delivery | None:
        """One delivery, or None if there is none of this number (any more)."""
        return next(self.deliveries("WHERE d.seq = ?", seq), None) if seq < LARGEST else None

    def held(self) -> list[Held]:
        """What waits for its time, from before a restart."""
        rows = self.rows("SELECT id, address, release_at FROM held ORDER BY release_at, id")
        return [Held(id=number, address=address, release_at=at) for number, address, at in rows]

    def totals(self) -> tuple[int, int, int]:
        """Messages, deliveries and bytes stored."""
        (row,) = self.rows("SELECT messages, deliveries, bytes FROM totals")
        return int(row[0]), int(row[1]), int(row[2])


def _as_delivery(row: Any) -> Delivery:
    """One row of the deliveries query as a value."""
    seq, message, address, sender, received_at, size, raw, said = row
    received = datetime.fromtimestamp(received_at, UTC)
    parcel = Parcel(sender=sender, raw=raw, received_at=received, said=json.loads(said) if said else {})
    return Delivery(
        seq=seq,
        id=str(message),
        recipient=address,
        sender=sender,
        received_at=received,
        size=size,
        raw=raw,
        said=parcel.said_to(address),
    )
