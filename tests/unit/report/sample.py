"""Lines as a run writes them."""

from pathlib import Path
from typing import Any

from inboxwright.report.records import Writer

FIRST = "2026-11-01T02:00:00.000+00:00"


def begin(path: Path, tests: list[str], *, run: str = "aaaaaaaa", shard: str | None = None, at: str = FIRST) -> Writer:
    """A run that has begun and ended nothing."""
    writer = Writer(path)
    common: dict[str, Any] = {"run": run, "shard": shard, "project": "staging", "provider": "mailpit"}
    writer.write("run", **common, browser="chromium", commit="0123456789abcdef", started=at)
    writer.write("collected", **common, tests=tests)
    return writer


def record(writer: Writer, name: str, outcome: str = "passed", *, run: str = "aaaaaaaa", **more: Any) -> None:
    """One test's beginning and end."""
    common: dict[str, Any] = {"run": run, "shard": more.pop("shard", None), "project": "staging", "provider": "mailpit"}
    writer.write("begin", **common, test=name, at=FIRST)
    content = {"started": FIRST, "duration": 1.5, "attempts": 1, "waits": [], "headline": "", "details": "", **more}
    writer.write("test", **common, test=name, outcome=outcome, **content)


def end(writer: Writer, *, run: str = "aaaaaaaa", shard: str | None = None, exit: int = 0) -> None:  # noqa: A002
    """The run came to its end, with pytest's exit code."""
    common = {"run": run, "shard": shard, "project": "staging", "provider": "mailpit"}
    writer.write("end", **common, finished="2026-11-01T02:05:00+00:00", exit=exit)
