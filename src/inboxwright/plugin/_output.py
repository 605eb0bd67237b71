"""The run's output folder, and the folder of each test in it.

It is emptied when a run begins if runs made all that it holds, and is nobody else's while the run lasts.
"""

import hashlib
import os
import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from slugify import slugify

from inboxwright.errors import ConfigError
from inboxwright.report.records import RESULTS

MARKER = ".inboxwright-output"
"""A file by which a run recognises a folder that a run made."""
_MARKED = "A run of inboxwright made this folder, and the next one empties it.\n"

_ARTIFACT = re.compile(
    r"trace(-\d+)?\.zip|video(-\d+)?\.webm|test-(failed|finished)-\d+\.png|(mail|page)-\d+\.png|mail-\d+\.eml|evidence\.png"
)
"""What pytest-playwright and the first version of this plugin put into a test's folder."""
_AT_THE_TOP = re.compile(rf"{re.escape(RESULTS)}|junit\.xml|webserver-[\w.-]+\.log")
"""And beside the tests' folders."""
_LONGEST = 255
_ALIKE = pytest.StashKey[bool]()
"""Whether the name of another test makes the same file name."""


def take(folder: Path, services: ExitStack, *, kept: tuple[Path, ...]) -> None:
    """Make the folder if there is none, keep other runs out of it until `services` close, and empty it.

    Raises ConfigError where it is or holds one of `kept`, where it holds anything that no run made, where another run
    uses it, or where nothing can be written. What is refused is left as it was.
    """
    try:
        _refuse_what_is_kept(folder, kept)
        folder.mkdir(parents=True, exist_ok=True)
        _lock(folder, services)
        _refuse_what_no_run_made(folder)
        for entry in list(folder.iterdir()):
            if entry.is_dir() and not entry.is_symlink():
                shutil.rmtree(entry, ignore_errors=True)  # a volume's lost+found is somebody else's
            else:
                entry.unlink()
        (folder / MARKER).write_text(_MARKED)
        (folder / RESULTS).touch()
    except OSError as error:
        raise ConfigError(
            f"outputDir: {folder} cannot be written ({error.strerror}); correct its permissions, or name another"
            " with --output"
        ) from None


def _refuse_what_is_kept(folder: Path, kept: tuple[Path, ...]) -> None:
    real = folder.resolve()
    for path in (*kept, Path.cwd(), Path.home()):
        if path.resolve().is_relative_to(real):
            raise ConfigError(
                f"outputDir: {folder} is emptied at the start of a run, and it is or holds {path}; name a folder of its"
                ' own, such as "test-results"'
            )


def _refuse_what_no_run_made(folder: Path) -> None:
    """A folder without the marker may be an older run's, whose artifacts are known by name."""
    if (folder / MARKER).is_file():
        return
    foreign = next(_foreign(folder), None)
    if foreign is not None:
        raise ConfigError(
            f"outputDir: {folder} is emptied at the start of a run, and it holds {foreign.relative_to(folder)}, which"
            " no run made; move that away, or name another folder with --output"
        )


def _foreign(folder: Path) -> Iterator[Path]:
    for entry in sorted(folder.iterdir()):
        if entry.is_symlink() or not entry.is_dir():
            if entry.is_symlink() or not _AT_THE_TOP.fullmatch(entry.name):
                yield entry
        elif entry.name != "lost+found":
            yield from (
                within
                for within in sorted(entry.iterdir())
                if within.is_symlink() or not within.is_file() or not _ARTIFACT.fullmatch(within.name)
            )


def _lock(folder: Path, services: ExitStack) -> None:
    """A lock that ends with the process however that ends; in the temporary folder, as this folder is emptied."""
    from filelock import FileLock, Timeout  # once a run, and not where nothing is started

    name = hashlib.sha256(os.path.normcase(folder.resolve()).encode()).hexdigest()[:32]
    lock = FileLock(Path(tempfile.gettempdir(), f"inboxwright-output-{name}"), timeout=0, mode=0o666)
    try:
        lock.acquire()
        services.callback(lock.release)
    except Timeout:
        raise ConfigError(
            f"outputDir: another run is writing to {folder}; wait for its end, or give this one a folder of its own"
            " with --output"
        ) from None
    except OSError:  # a file system without locks
        return


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Before any test is left out, so that a test's folder is the same whatever else runs."""
    names = [slugify(item.nodeid) for item in items]
    counted = Counter(names)
    for item, name in zip(items, names, strict=True):
        item.stash[_ALIKE] = counted[name] > 1


@pytest.fixture
def output_path(request: pytest.FixtureRequest) -> str:
    """As pytest-playwright's, and each test's own: ids such as `[a-b]` and `[a b]` make the same file name."""
    return str(folder_of(request.node))


def folder_of(item: pytest.Item) -> Path:
    """The test's `output_path`, whether or not the test came so far as to ask for it; one a retry."""
    known = getattr(item, "funcargs", {}).get("output_path")
    if known is not None:
        return Path(known)
    name = slugify(item.nodeid)
    if item.stash.get(_ALIKE, False):
        name = f"{name}-{_digest(item.nodeid)}"
    retry = getattr(item, "execution_count", 1) - 1
    name = f"{name}-retry{retry}" if retry > 0 else name
    if len(name) > _LONGEST:
        name = f"{name[:100]}-{_digest(name)}-{name[-100:]}"
    return Path(item.config.getoption("--output")).absolute() / name


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode(errors="backslashreplace")).hexdigest()[:7]
