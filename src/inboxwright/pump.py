"""Waiting while Playwright's loop keeps turning: no `page.route` handler and no page event goes unserved."""

import asyncio
from concurrent.futures import Future
from typing import Any, TypeVar

from playwright.sync_api import BrowserContext

from inboxwright.waiting import Waiter

T = TypeVar("T")

_SLICE = 10
"""Milliseconds between two looks where only Playwright's public API is to be had: adds 4.6 ms at the median."""


def pump(context: BrowserContext) -> Waiter:
    """A waiter for the thread that drives this context with Playwright's sync API."""

    def wait(future: Future[T], /) -> T:
        if not future.done():
            _turn(context, future)
        return future.result()

    return wait


def _turn(context: BrowserContext, future: Future[Any]) -> None:
    run = getattr(context, "_sync", None)  # private: awaits on Playwright's own loop, 0.3 ms (docs/adr/0002)
    if run is not None:
        run(_done(future))
        return
    page = context.pages[0] if context.pages else context.new_page()
    while not future.done():
        page.wait_for_timeout(_SLICE)


async def _done(future: Future[Any]) -> None:
    here = asyncio.wrap_future(future)
    await asyncio.wait([here])
    if not here.cancelled():
        here.exception()  # seen, or asyncio tells at some later time that nobody ever asked
