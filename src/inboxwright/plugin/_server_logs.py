"""The output of the application, which is uploaded with the other artifacts: what works is taken out of it."""

import logging
import re
from pathlib import Path

import pytest

from inboxwright.mail.urls.tokens import Strength, of_value
from inboxwright.plugin._secrets import Secrets

_log = logging.getLogger("inboxwright")
_PIECE = re.compile(r"[^\s/?&=#;,\"'`<>()\[\]{}]{12,}")


def written_logs(config: pytest.Config) -> list[Path]:
    """What this run's web servers have written so far, where they have."""
    logs = Path(config.getoption("--output")).absolute().glob("webserver-*.log")
    return sorted(log for log in logs if log.stat().st_size)


def mask_logs(folder: Path, secrets: Secrets) -> None:
    """In each `webserver-*.log`, once nothing writes to it: the known values, and what a URL carries for one person."""
    for log in folder.glob("webserver-*.log"):
        fresh = log.with_suffix(".masked")
        try:
            _copy(log, fresh, secrets)
            fresh.replace(log)
        except OSError as error:  # no room, most likely: the run's own outcome counts more
            _log.warning("%s is left as the application wrote it, secrets included: %s", log, error)


def _copy(log: Path, fresh: Path, secrets: Secrets) -> None:
    with log.open("rb") as lines, fresh.open("wb") as masked:
        for line in lines:
            text = _PIECE.sub(_masked, secrets.mask(line.decode(errors="surrogateescape")))
            masked.write(text.encode(errors="surrogateescape"))


def _masked(piece: re.Match[str]) -> str:
    return "****" if of_value(piece[0]) is Strength.SECRET else piece[0]
