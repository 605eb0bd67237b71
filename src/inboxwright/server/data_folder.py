"""The folder of `--data`: one server at a time, a reserve for the day when the disk is full, and an end if it goes."""

import asyncio
import contextlib
import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

_LOOK_AGAIN = 1.0
"""Seconds between two looks whether the folder is still there."""
_MOST = 40 * 1024 * 1024
"""Bytes of the reserve: more than the write-ahead log has before it is copied."""
_LEAST = 256 * 1024


class FolderInUse(OSError):
    """Another server has the folder; the text names it."""


class FolderGone(RuntimeError):
    """The folder was deleted, moved or replaced while the server ran."""


@contextlib.contextmanager
def held(folder: Path) -> Iterator[Path]:
    """Have the folder for this server alone, made if need be. Where it told who it is, the next one names it.

    Raises FolderInUse. The lock is the system's: a server that was killed holds none.
    """
    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / "mail.lock", timeout=0)
    told = folder / "holder.json"
    try:
        lock.acquire()
    except Timeout as error:
        raise FolderInUse(f"{folder} is in use by {_named(told)}; use that one, or end it first") from error
    try:
        yield told
    finally:
        told.unlink(missing_ok=True)
        lock.release()


def tell(told: Path, ready: dict[str, Any]) -> None:
    """Write down who has the folder, without the token."""
    told.write_text(json.dumps({"pid": os.getpid(), "http": ready["http"], "smtp": ready["smtp"]}))


def _named(told: Path) -> str:
    try:
        holder = json.loads(told.read_text())
        return f"the server at {holder['http']} (process {holder['pid']})"
    except (OSError, ValueError, KeyError, TypeError):
        return "another server, which is starting"


async def until_gone(store: Path) -> None:
    """Return when the file of the store is no longer where it was opened."""
    opened = _which(store)
    while opened is not None and _which(store) == opened:  # noqa: ASYNC110 - no system that is supported tells this everywhere
        await asyncio.sleep(_LOOK_AGAIN)


def _which(store: Path) -> tuple[int, int] | None:
    try:
        found = store.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


class Reserve:
    """Bytes of the disk that are kept so that deleting works when everything else is used up."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "reserve"

    def keep(self) -> None:
        """Take an eighth of what is free, within bounds; nothing where the disk has too little already."""
        if self._path.exists():
            return
        free = shutil.disk_usage(self._path.parent).free
        size = min(_MOST, free // 8)
        if size < _LEAST:
            return
        try:
            with self._path.open("wb") as file:
                _allocate(file.fileno(), size)
        except OSError:
            self.spend()

    def needed(self) -> bool:
        """Whether the disk has next to nothing left."""
        return shutil.disk_usage(self._path.parent).free < 4 * _LEAST

    def spend(self) -> bool:
        """Give it back to the disk; whether there was any."""
        there = self._path.exists()
        self._path.unlink(missing_ok=True)
        return there


def _allocate(file: int, size: int) -> None:
    if hasattr(os, "posix_fallocate"):
        os.posix_fallocate(file, 0, size)
    else:  # a hole would reserve nothing
        for _ in range(size // _LEAST):
            os.write(file, b"\0" * _LEAST)
