"""A failure as people read it: the verdict first, then only the frames that are theirs."""

import contextlib
import importlib.util
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from _pytest._code.code import ExceptionChainRepr, ReprEntry, Traceback  # pytest has no public name for them

from inboxwright.errors import InboxwrightError

_FOREIGN = ("inboxwright", "playwright", "pytest_playwright", "_pytest", "pluggy", "pytest_asyncio", "asyncio")
_MOST_LINES = 30


def headline(error: BaseException) -> str:
    """What went wrong, the verdict first."""
    text = str(error).strip()
    if not isinstance(error, InboxwrightError | pytest.fail.Exception):
        text = f"{type(error).__name__}: {text}" if text else type(error).__name__
    lines = text.splitlines()
    return "\n".join([*lines[:_MOST_LINES], *(["…"] if len(lines) > _MOST_LINES else [])])


def shortened(item: pytest.Item, excinfo: pytest.ExceptionInfo[BaseException]) -> ExceptionChainRepr | None:
    """The failure's representation, or None to leave pytest's own: --tb was given, or it is no plain exception."""
    error = excinfo.value
    plain = not isinstance(error, BaseExceptionGroup) and getattr(error, "pytrace", True)
    if item.config.option.tbstyle != "auto" or not plain:
        return None
    ours = isinstance(error, InboxwrightError)
    text = excinfo.getrepr(
        style="short", chain=not ours, tbfilter=_own_frames, showlocals=item.config.option.showlocals
    )
    if not isinstance(text, ExceptionChainRepr):
        return None
    _without_message(text.chain[-1][0].reprentries)
    if ours and text.reprcrash is not None:
        text.reprcrash.message = headline(error)  # for the short summary
    first = text.chain[0][0]
    lines = [f"E   {line}" for line in headline(error).splitlines()]
    first.reprentries = [ReprEntry(lines, None, None, None, "long"), *first.reprentries]
    return text


def _without_message(entries: Sequence[Any]) -> None:
    """The last entry repeats the error that now stands on top."""
    if entries and isinstance(entries[-1], ReprEntry):
        entries[-1].lines = [line for line in entries[-1].lines if not line.startswith("E ")]


def _own_frames(excinfo: pytest.ExceptionInfo[BaseException]) -> Traceback:
    folders = _foreign_folders()
    own = excinfo.traceback.filter(
        lambda entry: not str(entry.path).startswith(folders) and not entry.ishidden(excinfo)
    )
    return own or Traceback(excinfo.traceback[-1:])


def _foreign_folders() -> tuple[str, ...]:
    found = [str(Path(contextlib.__file__).parent)]  # Python's own library
    for name in _FOREIGN:
        package = importlib.util.find_spec(name)
        if package is not None and package.origin is not None:
            found.append(str(Path(package.origin).parent))
    return tuple(found)


def rewrite(representation: Any, change: Callable[[str], str]) -> Any:
    """The same representation with every text in it changed."""
    if isinstance(representation, str):
        return change(representation)
    if isinstance(representation, list | tuple):
        return type(representation)(rewrite(held, change) for held in representation)
    if type(representation).__module__.startswith("_pytest.") and hasattr(representation, "__dict__"):
        for name, value in vars(representation).items():
            if name not in {"style", "path"}:
                object.__setattr__(representation, name, rewrite(value, change))
    return representation
