"""When transactions are committed: within the loop, or in a thread where every commit waits for the disk."""

import asyncio
import queue
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any, Protocol

from inboxwright.server import schema
from inboxwright.server.schema import Sync
from inboxwright.server.writer import Writer

Job = Callable[[Writer], Any]
Task = tuple[Job, asyncio.Future[Any]]
Complete = Callable[[list[Any], list[asyncio.Future[Any]]], None]
"""Called in the loop's thread with results, or exceptions, and the futures that wait for them."""

_GROUP = 256
_CHECKPOINT = 128
"""Groups after which the write-ahead log is copied into the store."""
_LOG = 2000
"""Pages of 4 kB in the log from which on it is started anew."""
_LOG_MOST = 32 * 1024 * 1024
"""Bytes of log at which the writer copies all of it, because the thread gets no time on a busy machine."""


class Commits(Protocol):
    """Runs jobs in the order in which they came, many in one transaction."""

    def submit(self, job: Job, future: asyncio.Future[Any]) -> None:
        """Have a job run in the next transaction."""

    async def fold(self) -> None:
        """Copy all of the write-ahead log into the store and start it anew, as an empty file."""

    async def close(self) -> None:
        """Write what is queued, then stop."""


class InLoop:
    """All that came in one turn of the loop, in one transaction in its next turn.

    A commit that waits for no disk takes less time than handing it to a thread and back.
    """

    def __init__(self, path: Path, sync: Sync, max_storage: int | None, complete: Complete) -> None:
        self._loop = asyncio.get_running_loop()
        self._writer = Writer(schema.connect(path, sync), max_storage)
        self._complete = complete
        self._waiting: list[Task] = []
        self._checkpoints = Checkpoints(path, sync)

    def submit(self, job: Job, future: asyncio.Future[Any]) -> None:
        """In the loop's thread."""
        if not self._waiting:
            self._loop.call_soon(self._commit)
        self._waiting.append((job, future))

    def _commit(self) -> None:
        group, self._waiting = self._waiting, []
        if group:
            results = self._writer.run([job for job, _ in group])
            self._complete(results, [future for _, future in group])
            self._checkpoints.count(self._writer)

    async def fold(self) -> None:
        """In a thread: that waits for the disk."""
        await asyncio.to_thread(self._checkpoints.fold)

    async def close(self) -> None:
        """Write what is queued, then stop."""
        self._commit()
        await asyncio.to_thread(self._checkpoints.close)
        self._writer.close()


class InThread:
    """Takes all jobs that wait, runs them in one transaction that is flushed to the disk, and says so."""

    def __init__(self, path: Path, sync: Sync, max_storage: int | None, complete: Complete) -> None:
        self._loop = asyncio.get_running_loop()
        self._path = path
        self._sync = sync
        self._max_storage = max_storage
        self._complete = complete
        self._jobs: queue.SimpleQueue[Task | None] = queue.SimpleQueue()
        self._checkpoints = Checkpoints(path, sync)
        self._thread = threading.Thread(target=self._run, name="inboxwright-store", daemon=True)
        self._thread.start()

    def submit(self, job: Job, future: asyncio.Future[Any]) -> None:
        """In the loop's thread."""
        self._jobs.put((job, future))

    async def fold(self) -> None:
        """In a thread: that waits for the disk."""
        await asyncio.to_thread(self._checkpoints.fold)

    async def close(self) -> None:
        """Write what is queued, then stop."""
        self._jobs.put(None)
        await asyncio.to_thread(self._thread.join)
        await asyncio.to_thread(self._checkpoints.close)

    def _run(self) -> None:
        writer = Writer(schema.connect(self._path, self._sync), self._max_storage)
        for group in self._groups():
            results = writer.run([job for job, _ in group])
            with suppress(RuntimeError):  # the loop is gone: nobody waits any more
                futures = [future for _, future in group]
                self._loop.call_soon_threadsafe(self._complete, results, futures)
            self._checkpoints.count(writer)
        writer.close()

    def _groups(self) -> Iterator[list[Task]]:
        while (task := self._jobs.get()) is not None:
            group = [task]
            while len(group) < _GROUP and not self._jobs.empty():
                more = self._jobs.get()  # this thread is the only one that takes: it does not block
                if more is None:
                    yield group
                    return
                group.append(more)
            yield group


class Checkpoints:
    """Copies the write-ahead log into the store in a thread of its own: that waits for the disk, mail does not.

    While mail comes in there is always a rest that is not copied, so the log would grow for ever: the writer itself
    copies the rest, which is small, and SQLite then starts the log anew.
    """

    def __init__(self, path: Path, sync: Sync) -> None:
        self._path = path
        self._log = path.with_name(f"{path.name}-wal")
        self._sync = sync
        self._counted = 0
        self._due = threading.Event()
        self._copied = False
        self._ended = False
        self._thread = threading.Thread(target=self._run, name="inboxwright-checkpoint", daemon=True)
        self._thread.start()

    def count(self, writer: Writer) -> None:
        """One more group was committed. In the writer's thread."""
        self._counted += 1
        if self._copied:
            self._copied = False
            writer.copy_log()
        elif self._counted % _CHECKPOINT == 0:
            with suppress(FileNotFoundError):  # somebody tidied the folder up: the open store works on without it
                if self._log.stat().st_size > _LOG_MOST:
                    writer.copy_log()
                    return
            self._due.set()

    def fold(self) -> None:
        """Empty the log. Readers and the writer are waited for briefly; where they go on, the log stays."""
        with closing(schema.connect(self._path, self._sync)) as connection, suppress(sqlite3.Error):
            connection.execute("PRAGMA busy_timeout = 200")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()

    def close(self) -> None:
        """Stop; the connection that is closed last folds the rest."""
        self._ended = True
        self._due.set()
        self._thread.join()

    def _run(self) -> None:
        with closing(schema.connect(self._path, self._sync)) as connection:
            while self._due.wait() and not self._ended:
                self._due.clear()
                with suppress(sqlite3.Error):  # a full disk: the log grows until there is room, or mail is refused
                    _, pages, _ = connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
                    self._copied = pages > _LOG
