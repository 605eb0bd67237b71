"""The locators of marked elements: asked for at the first touch, since a click may end the page."""

import asyncio
from contextlib import suppress

from playwright.async_api import Error, Frame

from inboxwright.record.entries import PATIENCE

Found = asyncio.Future[str | None]
"""Python code after `page.`, or None where Playwright finds none."""


class Naming:
    """By the marks that the listener gives to elements."""

    def __init__(self) -> None:
        self._locators: dict[str, Found] = {}

    def of(self, mark: str) -> Found | None:
        """The locator of a marked element, perhaps still on its way; None for what has no mark."""
        return self._locators.get(mark)

    async def find(self, frame: Frame, mark: str) -> None:
        """Ask for the element's locator while its mark is on it."""
        found = self._locators[mark] = asyncio.get_running_loop().create_future()
        try:
            locator = await frame.locator(f'[data-inboxwright="{mark}"]').normalize()
            code = str(locator)
            found.set_result(None if code.startswith('locator("error:') else code)
        except Error:
            found.set_result(None)

    async def warm(self, frame: Frame) -> None:
        """The first locator of a page takes ten times as long as the next: let it not be one that is needed."""
        with suppress(Error):
            await frame.locator("html").normalize()

    async def settled(self) -> None:
        """Return once every element that was touched has its locator, or cannot have one any more."""
        pending = [found for found in self._locators.values() if not found.done()]
        if pending:
            await asyncio.wait(pending, timeout=PATIENCE)
