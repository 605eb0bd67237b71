"""The run's output folder: emptied when it begins, and nobody else's while it lasts."""

import importlib
import os
import shutil
from contextlib import ExitStack
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from inboxwright.errors import ConfigError
from inboxwright.report.records import RESULTS


def take(folder: Path, services: ExitStack) -> None:
    """Make the folder if there is none, keep other runs out of it until `services` close, and empty it.

    Raises ConfigError where another run uses it, or where nothing can be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _lock(folder, services)
        for entry in list(folder.iterdir()):
            if entry.is_dir() and not entry.is_symlink():
                shutil.rmtree(entry, ignore_errors=True)  # a volume's lost+found is somebody else's
            else:
                entry.unlink()
        (folder / RESULTS).touch()
    except OSError as error:
        raise ConfigError(
            f"outputDir: {folder} cannot be written ({error.strerror}); correct its permissions, or name another"
            " with --output"
        ) from None


def _lock(folder: Path, services: ExitStack) -> None:
    """An advisory lock of the folder itself, which ends with the process however that ends."""
    if find_spec("fcntl") is None:  # Windows
        return
    fcntl: Any = importlib.import_module("fcntl")
    descriptor = os.open(folder, os.O_RDONLY)
    services.callback(os.close, descriptor)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise ConfigError(
            f"outputDir: another run is writing to {folder}; wait for its end, or give this one a folder of its own"
            " with --output"
        ) from None
    except OSError:  # a file system without locks
        return
