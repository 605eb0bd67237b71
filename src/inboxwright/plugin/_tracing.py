"""Playwright's trace: which parts of it are recorded, what it says of the journey, and what must not be read in it.

`use.trace` knows more than pytest-playwright: a trace on the first retry, a trace without the film strip. The format is
Playwright's and may change: steps that cannot be read are left out.
"""

import json
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import BrowserContext as AsyncBrowserContext
from playwright.sync_api import BrowserContext, Error

from inboxwright.mail.urls.tokens import mask_url
from inboxwright.plugin._activation import run_of
from inboxwright.plugin._command_line import GIVEN
from inboxwright.plugin._learning import of_trace
from inboxwright.plugin._secrets import Secrets
from inboxwright.plugin._test_record import EVIDENCE_HOST
from inboxwright.report.timeline import Event

_STEPS = frozenset(
    ("click", "dblclick", "fill", "press", "type", "check", "uncheck", "selectOption", "setInputFiles", "tap", "goto")
)
PICTURES = (".jpeg", ".jpg", ".png", ".webp", ".webm", ".woff", ".woff2", ".gif", ".ico")


def record_first_retry(item: pytest.Item) -> None:
    """Switch recording on for the first retry, and off again."""
    config, use = item.config, run_of(item.config).project.use
    first_retry = getattr(item, "execution_count", 1) == 2
    given = config.stash.get(GIVEN, frozenset())
    for option, mode in (("tracing", use.trace.mode), ("video", use.video.mode)):
        if mode == "on-first-retry" and option not in given:
            setattr(config.option, option, "on" if first_retry else "off")


def video_options(config: pytest.Config) -> dict[str, Any]:
    """For a context: how large a video is, and where one of a first retry goes.

    pytest-playwright decides on videos once a session, before there is a retry.
    """
    video = run_of(config).project.use.video
    if config.option.video not in {"on", "retain-on-failure"}:
        return {}
    size = {} if video.size is None else {"record_video_size": {"width": video.size.width, "height": video.size.height}}
    if video.mode != "on-first-retry" or config.option.video != "on":
        return size
    return {**size, "record_video_dir": tempfile.mkdtemp(prefix="inboxwright-video-")}


def _parts(config: pytest.Config) -> dict[str, Any] | None:
    """What the project wants to have in a trace; None for all of it, which is what pytest-playwright records."""
    trace = run_of(config).project.use.trace
    parts = {"screenshots": trace.screenshots, "snapshots": trace.snapshots, "sources": trace.sources}
    if config.option.tracing == "off" or all(parts.values()) or "tracing" in config.stash.get(GIVEN, frozenset()):
        return None
    return parts


def record_as_asked(context: BrowserContext, config: pytest.Config, title: str) -> None:
    """pytest-playwright has begun a full trace: begin again with what the project wants to have in it."""
    parts = _parts(config)
    if parts is not None:
        with suppress(Error):  # a trace that someone else controls
            context.tracing.stop()
            context.tracing.start(title=title, **parts)


async def record_as_asked_async(context: AsyncBrowserContext, config: pytest.Config, title: str) -> None:
    """The same for asyncio."""
    parts = _parts(config)
    if parts is not None:
        with suppress(Error):
            await context.tracing.stop()
            await context.tracing.start(title=title, **parts)


def steps(trace: Path, *, began: float, told: Callable[[str], str] = lambda url: "") -> list[Event]:
    """What the test did in the browser; `began` is the start of the test in seconds since the epoch.

    `told` says more of a URL that was asked for.
    """
    found: list[Event] = []
    offset = 0.0
    for event in _events(trace):
        if event.get("type") == "context-options":
            offset = event.get("wallTime", 0.0) / 1000 - event.get("monotonicTime", 0.0) / 1000 - began
        elif event.get("type") == "before" and event.get("method") in _STEPS:
            params = event.get("params", {})
            url = str(params.get("url", ""))
            if not url.startswith(EVIDENCE_HOST):
                at = max(event.get("startTime", 0.0) / 1000 + offset, 0.0)
                found.append(Event(at=at, lane="browser", text=_words(event["method"], params) + told(url)))
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
    """Replace every secret in the trace's texts, those that its own headers tell among them; pictures are left.

    Raises what goes wrong.
    """
    fresh = trace.with_suffix(".masked")
    with zipfile.ZipFile(trace) as archive:
        for name in archive.namelist():
            if name.endswith((".network", ".trace")):
                secrets.add(*of_trace(archive.read(name).splitlines()))
    try:
        with zipfile.ZipFile(trace) as archive, zipfile.ZipFile(fresh, "w", zipfile.ZIP_DEFLATED) as masked:
            for member in archive.infolist():
                masked.writestr(member, _disguised(member.filename, archive.read(member), secrets))
        fresh.replace(trace)
    finally:
        fresh.unlink(missing_ok=True)


def _disguised(name: str, content: bytes, secrets: Secrets) -> bytes:
    if name.endswith(PICTURES):
        return content
    text = content.decode(errors="surrogateescape")  # a page in another charset: what matters is ASCII
    return secrets.disguise(text).encode(errors="surrogateescape")
