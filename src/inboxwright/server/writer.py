"""What one transaction of the store does."""

import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

from inboxwright.address import run_of
from inboxwright.server.deliveries import Delivery, Held, Parcel, Stored, StoreFull

_WORTH_IT = 512
"""Free pages of 4 kB below which the file stays as it is: the next mail needs them."""
_AT_ONCE = 100
"""Pages that one transaction takes off the file: milliseconds, and few enough that none is written before it is cut."""


class Writer:
    """The only writer of the store."""

    def __init__(self, connection: sqlite3.Connection, max_storage: int | None) -> None:
        self._connection = connection
        self._max_storage = max_storage
        self._totals = self._read_totals()

    def _read_totals(self) -> list[int]:
        (row,) = self._connection.execute("SELECT messages, deliveries, bytes FROM totals").fetchall()
        return list(row)

    def close(self) -> None:
        """Close the connection: SQLite then folds the WAL into the store."""
        self._connection.close()

    def run(self, jobs: Sequence[Callable[["Writer"], Any]]) -> list[Any]:
        """All jobs in one transaction; results or exceptions, in their order.

        If the group fails, each job gets a transaction of its own, so that one that does not fit fails alone.
        """
        try:
            return self._transaction(jobs)
        except Exception as error:  # noqa: BLE001 - handed to whoever submitted the job
            if len(jobs) == 1:
                return [_named(error)]
        return [self.run([job])[0] for job in jobs]

    def _transaction(self, jobs: Sequence[Callable[["Writer"], Any]]) -> list[Any]:
        before = self._totals.copy()
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            results = [job(self) for job in jobs]
            if self._totals != before:
                self._connection.execute("UPDATE totals SET messages = ?, deliveries = ?, bytes = ?", self._totals)
            self._connection.execute("COMMIT")
        except BaseException:
            self._totals = before
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise
        return results

    def copy_log(self) -> None:
        """Copy what is left of the write-ahead log into the store. Waits for nobody."""
        with suppress(sqlite3.Error):  # a full disk: the log grows until there is room, or mail is refused
            self._connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()

    # -- jobs ----------------------------------------------------------------------------------------------------

    def put(self, parcels: Sequence[Parcel], release: Sequence[int]) -> Stored:
        """Store each message once, and a delivery for each recipient; then make the held ones."""
        deliveries: list[Delivery] = []
        held: list[Held] = []
        for parcel in parcels:
            message = self._keep(parcel)
            deliveries += [self._deliver(address, message, parcel) for address in parcel.recipients]
            for hold in parcel.held:
                values = (hold.address, run_of(hold.address), message, hold.release_at)
                number = self._insert("INSERT INTO held (address, run, message, release_at)", values)
                held.append(Held(id=number, address=hold.address, release_at=hold.release_at))
        deliveries += [delivery for number in release for delivery in self._release(number)]
        return Stored(deliveries=tuple(deliveries), held=tuple(held))

    def _keep(self, parcel: Parcel) -> int:
        size = len(parcel.raw)
        if self._max_storage is not None and self._totals[2] + size > self._max_storage:
            raise StoreFull(f"the quota of {self._max_storage} bytes is used up")
        self._totals[0] += 1
        self._totals[2] += size
        said = json.dumps(parcel.said) if parcel.said else None
        values = (parcel.sender, parcel.received_at.timestamp(), size, parcel.raw, said)
        return self._insert("INSERT INTO messages (sender, received_at, size, raw, said)", values)

    def _deliver(self, address: str, message: int, parcel: Parcel) -> Delivery:
        self._totals[1] += 1
        values = (address, run_of(address), message)
        return Delivery(
            seq=self._insert("INSERT INTO deliveries (address, run, message)", values),
            id=str(message),
            recipient=address,
            sender=parcel.sender,
            received_at=parcel.received_at,
            size=len(parcel.raw),
            raw=parcel.raw,
            said=parcel.said_to(address),
        )

    def _insert(self, into: str, values: Sequence[Any]) -> int:
        number = self._connection.execute(f"{into} VALUES ({', '.join('?' * len(values))})", values).lastrowid
        return number or 0

    def _release(self, number: int) -> Iterator[Delivery]:
        found = self._connection.execute(
            "DELETE FROM held WHERE id = ? RETURNING address, message", (number,)
        ).fetchall()
        for address, message in found:
            sender, received_at, raw, said = self._connection.execute(
                "SELECT sender, received_at, raw, said FROM messages WHERE id = ?", (message,)
            ).fetchone()
            received = datetime.fromtimestamp(received_at, UTC)
            parcel = Parcel(sender=sender, raw=raw, received_at=received, said=json.loads(said or "{}"))
            yield self._deliver(address, message, parcel)

    def delete(self, column: str, values: Sequence[Any], *, table: str = "deliveries") -> int:
        """Delete deliveries (or held ones), and the messages that nobody has any more; the number of deliveries."""
        touched: set[int] = set()
        deleted = 0
        for value in values:
            found = self._connection.execute(
                f"DELETE FROM {table} WHERE {column} = ? RETURNING message",  # noqa: S608 - our own names
                (value,),
            ).fetchall()
            touched.update(message for (message,) in found)
            deleted += len(found)
        if table == "deliveries":
            self._totals[1] -= deleted
        self._sweep(touched)
        return deleted

    def mark(self, messages: Sequence[int], *, seen: bool) -> None:
        """Mark messages as read or unread."""
        sql = "UPDATE deliveries SET seen = ? WHERE message = ? AND seen != ?"
        self._connection.executemany(sql, [(seen, number, seen) for number in messages])

    def delete_older(self, than: float, limit: int) -> int:
        """Delete the oldest messages received before `than` (seconds since the epoch); how many."""
        oldest = self._connection.execute("SELECT id, received_at FROM messages ORDER BY id LIMIT ?", (limit,))
        old = [number for number, received_at in oldest.fetchall() if received_at < than]
        self.delete("message", old)
        self.delete("message", old, table="held")
        return len(old)

    def wasted(self) -> bool:
        """Whether so many pages hold nothing any more that the disk should have them back."""
        (free,) = self._connection.execute("PRAGMA freelist_count").fetchone()
        (pages,) = self._connection.execute("PRAGMA page_count").fetchone()
        return bool(free > _WORTH_IT and free * 4 > pages)

    def shrink(self) -> bool:
        """Take some free pages off the end of the file; whether there are more."""
        (before,) = self._connection.execute("PRAGMA page_count").fetchone()
        for _ in range(_AT_ONCE):  # each time one page: Python's sqlite3 does not step through a pragma without rows
            self._connection.execute("PRAGMA incremental_vacuum(1)").fetchall()
        (after,) = self._connection.execute("PRAGMA page_count").fetchone()
        return bool(after < before)

    def _sweep(self, messages: set[int]) -> None:
        for message in messages:
            gone = self._connection.execute(
                "DELETE FROM messages WHERE id = ?1"
                " AND NOT EXISTS (SELECT 1 FROM deliveries WHERE message = ?1)"
                " AND NOT EXISTS (SELECT 1 FROM held WHERE message = ?1) RETURNING size",
                (message,),
            ).fetchall()
            for (size,) in gone:
                self._totals[0] -= 1
                self._totals[2] -= size


def _named(error: Exception) -> Exception:
    """A full disk under the name that SMTP answers 452 for."""
    if isinstance(error, sqlite3.OperationalError) and error.sqlite_errorcode == sqlite3.SQLITE_FULL:
        return StoreFull("the disk is full")
    return error
