"""Playwright's own trace, after the fact: what it says of the journey, and what must not be read in it.

The format is Playwright's and may change: steps that cannot be read are left out.
"""

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from inboxwright.mail.urls.masking import mask_url
from inboxwright.plugin._journey import EVIDENCE_HOST
from inboxwright.plugin._secrets import Secrets
from inboxwright.report.timeline import Event

_STEPS = {
    "click",
    "dblclick",
    "fill",
    "press",
    "type",
    "check",
    "uncheck",
    "selectOption",
    "setInputFiles",
    "tap",
    "goto",
}
_PICTURES = (".jpeg", ".jpg", ".png", ".webp", ".webm", ".woff", ".woff2", ".gif", ".ico")


def steps(trace: Path, *, began: float) -> list[Event]:
    """What the test did in the browser; `began` is the start of the test in seconds since the epoch."""
    found: list[Event] = []
    offset = 0.0
    for event in _events(trace):
        if event.get("type") == "context-options":
            offset = event.get("wallTime", 0.0) / 1000 - event.get("monotonicTime", 0.0) / 1000 - began
        elif event.get("type") == "before" and event.get("method") in _STEPS:
            params = event.get("params", {})
            if not str(params.get("url", "")).startswith(EVIDENCE_HOST):
                at = max(event.get("startTime", 0.0) / 1000 + offset, 0.0)
                found.append(Event(at=at, lane="browser", text=_words(event["method"], params)))
    return found


def _words(method: str, params: dict[str, Any]) -> str:
    if "url" in params:
        return f"{method} {mask_url(str(params['url']))}"
    return f"{method} {params.get('selector', '')}".strip()  # never the value: it may be a password


def _events(trace: Path) -> Iterator[dict[str, Any]]:
    try:
        with zipfile.ZipFile(trace) as archive:
            for name in archive.namelist():
                if name.endswith(".trace"):
                    yield from (json.loads(line) for line in archive.read(name).splitlines() if line.strip())
    except (OSError, ValueError, zipfile.BadZipFile):
        return


def disguise(trace: Path, secrets: Secrets) -> None:
    """Replace every known secret in the trace's texts; film strip and pictures are left. Raises what goes wrong."""
    fresh = trace.with_suffix(".masked")
    try:
        with zipfile.ZipFile(trace) as archive, zipfile.ZipFile(fresh, "w", zipfile.ZIP_DEFLATED) as masked:
            for member in archive.infolist():
                masked.writestr(member, _disguised(member.filename, archive.read(member), secrets))
        fresh.replace(trace)
    finally:
        fresh.unlink(missing_ok=True)


def _disguised(name: str, content: bytes, secrets: Secrets) -> bytes:
    if name.endswith(_PICTURES):
        return content
    text = content.decode(errors="surrogateescape")  # a page in another charset: what matters is ASCII
    return secrets.disguise(text).encode(errors="surrogateescape")
