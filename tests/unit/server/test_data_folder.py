"""The folder of `--data`: its holder, its reserve, and what deleting gives back."""

import asyncio
from pathlib import Path

import pytest

from inboxwright.server import data_folder
from inboxwright.server.data_folder import FolderInUse, Reserve
from inboxwright.server.deliveries import StoreFull
from inboxwright.server.schema import Sync
from inboxwright.server.store import Store
from tests.unit.server.loops import run
from tests.unit.server.test_store import parcel, with_store

MAIL = b"Subject: x\r\n\r\n" + b"x" * 200_000


def _bytes(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.iterdir() if path.name != "reserve")


def test_second_server_is_told_who_has_the_folder(tmp_path: Path) -> None:
    with data_folder.held(tmp_path / "new") as told:
        data_folder.tell(told, {"http": "http://127.0.0.1:8025", "smtp": ["127.0.0.1", 1025], "token": "s3cret"})

        with pytest.raises(FolderInUse, match=r"server at http://127\.0\.0\.1:8025 \(process \d+\)"):
            data_folder.held(tmp_path / "new").__enter__()
        assert "s3cret" not in told.read_text()


def test_folder_is_free_once_its_server_has_ended(tmp_path: Path) -> None:
    with data_folder.held(tmp_path):
        pass

    with data_folder.held(tmp_path) as told:
        assert not told.exists()


@pytest.mark.parametrize("sync", [Sync.NORMAL, Sync.FULL])
def test_files_shrink_after_mass_deletion(tmp_path: Path, sync: Sync) -> None:
    sizes: list[int] = []

    async def work(store: Store) -> None:
        for _ in range(30):
            await store.put([parcel(raw=MAIL)])
        sizes.append(_bytes(tmp_path))
        await store.delete("address", ["a@inbox.test"])
        sizes.append(_bytes(tmp_path))

    with_store(tmp_path, work, sync)

    before, after = sizes
    assert before > 30 * len(MAIL)
    assert after < 300_000


def test_files_stay_as_they_are_after_few_deletions(tmp_path: Path) -> None:
    async def work(store: Store) -> None:
        for number in range(30):
            await store.put([parcel(f"{number}@inbox.test", raw=MAIL)])
        before = (tmp_path / "mail.sqlite3-wal").stat().st_size
        await store.delete("address", ["3@inbox.test"])
        assert (tmp_path / "mail.sqlite3-wal").stat().st_size >= before

    with_store(tmp_path, work)


def test_deleting_on_a_full_disk_gets_the_reserve(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def work(store: Store) -> None:
        await store.put([parcel()])
        assert (tmp_path / "reserve").exists()
        submit, failures = store.submit, iter([StoreFull("the disk is full")])

        def full_once(job: object) -> asyncio.Future[object]:
            failure = next(failures, None)
            if failure is None:
                assert not (tmp_path / "reserve").exists()
                return submit(job)  # type: ignore[arg-type]  # a job, as it came
            future = asyncio.get_running_loop().create_future()
            future.set_exception(failure)
            return future

        monkeypatch.setattr(store, "submit", full_once)
        monkeypatch.setattr(Reserve, "needed", lambda reserve: False)
        monkeypatch.setattr(Reserve, "keep", lambda reserve: None)
        assert await store.delete("address", ["a@inbox.test"]) == 1

    with_store(tmp_path, work, reserve=Reserve(tmp_path))


def test_a_full_disk_without_a_reserve_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def work(store: Store) -> None:
        await store.put([parcel()])
        future = asyncio.get_running_loop().create_future()
        future.set_exception(StoreFull("the disk is full"))
        monkeypatch.setattr(store, "submit", lambda job: future)
        with pytest.raises(StoreFull):
            await store.delete("address", ["a@inbox.test"])

    with_store(tmp_path, work)


def test_store_that_is_moved_away_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(data_folder, "_LOOK_AGAIN", 0.01)
    store = tmp_path / "mail.sqlite3"
    store.touch()

    async def moved() -> None:
        watching = asyncio.create_task(data_folder.until_gone(store))
        await asyncio.sleep(0)
        store.rename(tmp_path / "elsewhere")
        await watching

    run(moved(), timeout=5)
