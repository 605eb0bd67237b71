"""The store: groups, full disks, orders."""

import asyncio
import sqlite3
import tracemalloc
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from inboxwright.server import schema
from inboxwright.server.deliveries import Delivery, Hold, Parcel, Stored, StoreFull
from inboxwright.server.lifecycle import _retire
from inboxwright.server.schema import Sync
from inboxwright.server.store import Store
from inboxwright.server.writer import Writer
from tests.unit.server.loops import run


def parcel(to: str = "a@inbox.test", raw: bytes = b"Subject: x\r\n\r\n", **more: Any) -> Parcel:
    now = datetime.now(UTC)
    return Parcel(sender="app@example.com", recipients=(to,) if to else (), raw=raw, received_at=now, **more)


def with_store(path: Path, work: Callable[[Store], Awaitable[None]], sync: Sync = Sync.OFF, **options: Any) -> None:
    async def inside() -> None:
        store = Store(path / "mail.sqlite3", sync=sync, **options)
        try:
            await work(store)
        finally:
            await store.close()

    run(inside())


@pytest.mark.parametrize("sync", Sync)
def test_everybody_is_told_before_anybody_is_answered(tmp_path: Path, sync: Sync) -> None:
    told: list[int] = []

    async def work(store: Store) -> None:
        store.publish = lambda deliveries: told.extend(delivery.seq for delivery in deliveries)

        async def one(number: int) -> None:
            stored = await store.put([parcel(f"{number}@inbox.test")])
            assert stored.deliveries[0].seq in told

        await asyncio.gather(*map(one, range(100)))
        assert told == list(range(1, 101)) == [store.head - 99 + number for number in range(100)]

    with_store(tmp_path, work, sync)


def test_what_was_answered_is_in_the_file(tmp_path: Path) -> None:
    async def work(store: Store) -> None:
        await store.put([parcel()])
        with sqlite3.connect(f"file:{tmp_path}/mail.sqlite3?mode=ro", uri=True) as other:
            assert other.execute("SELECT count(*) FROM deliveries").fetchone() == (1,)

    with_store(tmp_path, work)


def test_one_that_does_not_fit_fails_alone(tmp_path: Path) -> None:
    async def work(store: Store) -> None:
        sizes = (40, 80, 40)
        futures = [store.put([parcel(raw=b"x" * size)]) for size in sizes]
        results = await asyncio.gather(*futures, return_exceptions=True)

        assert [type(result) for result in results] == [Stored, StoreFull, Stored]
        assert store.totals() == (2, 2, 80)

    with_store(tmp_path, work, max_storage=100)


def test_full_disk_is_told_and_the_store_stays_whole(tmp_path: Path) -> None:
    connection = schema.connect(tmp_path / "mail.sqlite3")
    schema.create(connection, tmp_path / "mail.sqlite3")
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    connection.execute(f"PRAGMA max_page_count = {pages + 20}")  # SQLite then fails as on a full disk
    writer = Writer(connection, None)

    def put(size: int) -> Any:
        (result,) = writer.run([lambda each: each.put([parcel(raw=b"x" * size)], ())])
        return result

    results = [put(30_000), put(100_000), put(30_000)]

    assert [type(result) for result in results] == [Stored, StoreFull, Stored]
    assert str(results[1]) == "the disk is full"
    assert connection.execute("SELECT messages, deliveries, bytes FROM totals").fetchone() == (2, 2, 60_000)
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_message_goes_with_its_last_delivery(tmp_path: Path) -> None:
    async def work(store: Store) -> None:
        both = Parcel(
            sender="", recipients=("a@inbox.test", "b@inbox.test"), raw=b"x" * 10, received_at=datetime.now(UTC)
        )
        await store.put([both])

        assert await store.delete("address", ["a@inbox.test"]) == 1
        assert store.totals() == (1, 1, 10)
        assert await store.delete("address", ["b@inbox.test"]) == 1
        assert store.totals() == (0, 0, 0)

    with_store(tmp_path, work)


def test_held_message_is_not_there_until_it_is_released(tmp_path: Path) -> None:
    async def work(store: Store) -> None:
        hold = Hold(address="a@inbox.test", release_at=0.0)
        stored = await store.put([parcel(to="", held=(hold,))])
        (held,) = stored.held
        assert store.after("a@inbox.test", 0) == []
        assert [each.id for each in store.held()] == [held.id]

        released = await store.release([held.id, held.id])

        assert [each.recipient for each in released.deliveries] == ["a@inbox.test"]
        assert store.held() == []

    with_store(tmp_path, work)


def test_deleting_an_address_deletes_what_is_held_for_it(tmp_path: Path) -> None:
    async def work(store: Store) -> None:
        await store.put([parcel(to="", held=(Hold(address="a@inbox.test", release_at=0.0),))])

        await store.delete("address", ["a@inbox.test"])

        assert store.held() == []
        assert store.totals() == (0, 0, 0)

    with_store(tmp_path, work)


def test_oldest_messages_go_first(tmp_path: Path) -> None:
    async def work(store: Store) -> None:
        for _ in range(5):
            await store.put([parcel()])
        now = datetime.now(UTC).timestamp()

        assert await store.submit(lambda writer: writer.delete_older(now - 60, 10)) == 0
        assert await store.submit(lambda writer: writer.delete_older(now + 60, 3)) == 3
        assert _seqs(store.after("a@inbox.test", 0)) == [4, 5]

    with_store(tmp_path, work)


def test_retention_goes_on_after_a_disk_that_was_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def work(store: Store) -> None:
        await store.put([parcel()])
        submit, failures = store.submit, iter([StoreFull("the disk is full")])

        def full_once(job: Callable[[Writer], Any]) -> Any:
            for failure in failures:
                raise failure
            return submit(job)

        monkeypatch.setattr(store, "submit", full_once)
        retiring = asyncio.create_task(_retire(store, retention=0.01))
        async with asyncio.timeout(10):
            while store.totals()[0]:  # noqa: ASYNC110 - what is waited for knows no event
                await asyncio.sleep(0.001)
        retiring.cancel()

    with_store(tmp_path, work)


def test_a_list_of_large_messages_is_not_held_in_memory(tmp_path: Path) -> None:
    async def work(store: Store) -> None:
        for _ in range(40):
            await store.put([parcel(raw=b"x" * 1_000_000)])
        tracemalloc.start()
        try:
            size = sum(delivery.size for delivery in store.deliveries("ORDER BY d.seq"))
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()

        assert size == 40_000_000
        assert peak < 8_000_000

    with_store(tmp_path, work)


def test_newer_store_is_refused(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "mail.sqlite3") as connection:
        connection.execute("PRAGMA user_version = 999")

    async def work(store: Store) -> None:
        raise AssertionError

    with pytest.raises(RuntimeError, match="newer version"):
        with_store(tmp_path, work)


def test_write_ahead_log_is_folded_while_mail_comes_in(tmp_path: Path) -> None:
    async def work(store: Store) -> None:
        for _ in range(3000):
            await store.put([parcel(raw=b"x" * 20_000)])
        log = (tmp_path / "mail.sqlite3-wal").stat().st_size

        assert log < 50_000_000  # all of it would be 150 MB

    with_store(tmp_path, work)


def _seqs(deliveries: Sequence[Delivery]) -> list[int]:
    return [delivery.seq for delivery in deliveries]


def test_only_the_very_address_is_found_among_look_alikes(tmp_path: Path) -> None:
    look_alikes = [
        "a@inbox.test.org",
        "A@inbox.test",
        "a+tag@inbox.test",
        "xa@inbox.test",
        "_@inbox.test",
        "%@inbox.test",
    ]

    async def work(store: Store) -> None:
        for address in ["a@inbox.test", *look_alikes]:
            await store.put([parcel(address)])

        assert [delivery.recipient for delivery in store.after("a@inbox.test", 0)] == ["a@inbox.test"]
        assert [delivery.recipient for delivery in store.after("%@inbox.test", 0)] == ["%@inbox.test"]

    with_store(tmp_path, work)
