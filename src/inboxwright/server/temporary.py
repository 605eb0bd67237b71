"""A folder that goes with the server, and the folders of servers that were killed before they could remove theirs."""

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psutil

_PREFIX = "inboxwright-mail-"


@contextlib.contextmanager
def folder() -> Iterator[Path]:
    """A fresh one, removed at the end."""
    _sweep(Path(tempfile.gettempdir()))
    made = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-"))
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _sweep(where: Path) -> None:
    for left in where.glob(f"{_PREFIX}*"):
        owner = left.name.removeprefix(_PREFIX).partition("-")[0]
        if owner.isdigit() and not _runs(int(owner)):
            shutil.rmtree(left, ignore_errors=True)


def _runs(process: int) -> bool:
    """Whether there is such a process. One that took the number over keeps a folder alive, which does no harm."""
    return psutil.pid_exists(process)
