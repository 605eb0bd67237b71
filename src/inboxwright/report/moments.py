"""Moments that a history is cut at: a date, a time, or the first run of a commit."""

import re
import subprocess
from collections.abc import Iterable
from datetime import UTC, datetime

from inboxwright.errors import ConfigError
from inboxwright.report.records import Line

_COMMIT = re.compile(r"[0-9a-f]{7,40}", re.IGNORECASE)


def at(text: str) -> datetime:
    """An ISO 8601 date or time; without an offset it is UTC. Raises ValueError."""
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def moment(text: str, lines: Iterable[Line]) -> datetime:
    """What `--since` names: an ISO date or time, or a commit.

    A commit stands for the start of the first run that was of it; where the history has no such run, for the time at
    which git says that it was committed. Raises ConfigError.
    """
    try:
        return at(text)
    except ValueError:
        pass
    if _COMMIT.fullmatch(text):
        starts = [
            at(line["started"])
            for line in lines
            if line["kind"] == "run" and str(line.get("commit") or "").startswith(text.lower())
        ]
        if starts:
            return min(starts)
    if committed := _committed(text):
        return committed
    raise ConfigError(
        f"--since {text!r} is no date, no time and no commit that the history or git knows; "
        "write it like 2026-11-01, 2026-11-01T14:30 or 3a48165"
    )


def _committed(revision: str) -> datetime | None:
    if revision.startswith("-"):
        return None
    command = ["git", "log", "-1", "--format=%cI", "--end-of-options", f"{revision}^{{commit}}"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=20, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return None
    return at(done.stdout.strip()) if done.returncode == 0 and done.stdout.strip() else None
