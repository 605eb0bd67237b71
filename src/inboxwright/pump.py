"""Waiting while Playwright's loop keeps turning: no `page.route` handler and no page event goes unserved."""

import asyncio
from concurrent.futures import Future
from typing import Any, TypeVar

from playwright.sync_api import BrowserContext, Playwright

from inboxwright.waiting import Waiter

T = TypeVar("T")

_SLICE = 10
"""Milliseconds between two looks where only Playwright's public API is to be had: adds 4.6 ms at the median."""


def driven_here() -> bool:
    """Whether Playwright's sync API is in use in this thread: its loop then counts as running here."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True


def pump(context: BrowserContext | Playwright) -> Waiter:
    """A waiter for the thread that drives this context with Playwright's sync API.

    Playwright itself will do where there is no context, as long as its loop can be reached.
    """

    def wait(future: Future[T], /) -> T:
        if not future.done():
            _turn(context, future)
        return future.result()

    return wait


def _turn(context: BrowserContext | Playwright, future: Future[Any]) -> None:
    run = getattr(context, "_sync", None)  # private: awaits on Playwright's own loop, 0.3 ms (docs/adr/0002)
    if run is not None:
        run(_done(future))
        return
    if isinstance(context, Playwright):  # nothing of its public API waits; no page of this test is frozen
        future.exception()
        return
    page = context.pages[0] if context.pages else context.new_page()
    while not future.done():
        page.wait_for_timeout(_SLICE)


async def _done(future: Future[Any]) -> None:
    here = asyncio.wrap_future(future)
    await asyncio.wait([here])
    if not here.cancelled():
        here.exception()  # seen, or asyncio tells at some later time that nobody ever asked
