"""`use.trace` beyond what pytest-playwright knows: a trace on the first retry, a trace without the film strip."""

import tempfile
from contextlib import suppress
from typing import Any

import pytest
from playwright.async_api import BrowserContext as AsyncBrowserContext
from playwright.sync_api import BrowserContext, Error

from inboxwright.plugin._options import GIVEN
from inboxwright.plugin._run import run_of


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
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
