"""A whole recording: browser up, person (or robot) at work, files written and checked, browser down."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from playwright.async_api import Browser, async_playwright

from inboxwright.errors import ConfigError, InboxwrightError
from inboxwright.identity import Identity
from inboxwright.inbox import AsyncInbox, Provider
from inboxwright.record.session import Session, Settings
from inboxwright.record.timeline import Timeline

Driver = Callable[[Session], Awaitable[None]]
"""Stands in for the person: called once the windows are open."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Walked:
    """What a flow that was walked before the recording left behind."""

    inbox: AsyncInbox
    identity: Identity
    storage_state: Any = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class BrowserSettings:
    """Which browser, and how it is started."""

    name: str = "chromium"
    headless: bool = False
    launch: Mapping[str, Any] = field(default_factory=dict)
    """More arguments for Playwright's `launch`."""


def record(
    settings: Settings,
    browser: BrowserSettings,
    provider: Provider,
    identity: Identity,
    *,
    finish: Callable[[Timeline], str],
    driver: Driver | None = None,
    walked: Walked | None = None,
) -> Timeline:
    """Record until the person presses "Finish" or closes a window; then `finish` writes the files.

    What `finish` returns is shown in the panel, which stays open while it runs, in a thread of its own.
    Raises what it raises.
    """
    return asyncio.run(_record(settings, browser, provider, identity, finish, driver, walked))


async def _record(
    settings: Settings, started: BrowserSettings, provider: Provider, identity: Identity,
    finish: Callable[[Timeline], str], driver: Driver | None, walked: Walked | None,
) -> Timeline:  # fmt: skip
    async with async_playwright() as playwright:
        playwright.selectors.set_test_id_attribute(settings.test_id_attribute)
        kind = getattr(playwright, started.name)
        browser: Browser = await kind.launch(headless=started.headless, **started.launch)
        try:
            session = Session(browser, provider, walked.identity if walked else identity, settings=settings)
            await session.open(
                address=walked.inbox if walked else None, storage_state=walked.storage_state if walked else None
            )
            try:
                return await _work(session, finish, driver)
            finally:
                await session.close()
        finally:
            await browser.close()


async def _work(session: Session, finish: Callable[[Timeline], str], driver: Driver | None) -> Timeline:
    if driver is not None:
        await driver(session)
    else:
        await session.finished.wait()
    timeline = await session.timeline()
    await session.tell("writing")
    try:
        report = await asyncio.to_thread(finish, timeline)
    except InboxwrightError as error:
        await session.tell("done", str(error))
        raise
    await session.tell("done", report)
    return timeline


def needs_playwright(version: str, *, least: tuple[int, int] = (1, 64)) -> None:
    """Raise ConfigError if Playwright cannot write locators as Python code yet."""
    found = tuple(int(part) for part in version.split(".")[:2])
    if found < least:
        wanted = ".".join(map(str, least))
        raise ConfigError(f"recording needs Playwright {wanted} or newer, this is {version}; pip install -U playwright")
