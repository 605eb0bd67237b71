"""The panel's window: shows a state, and hands on what the person asks for."""

from collections.abc import Awaitable, Callable, Mapping
from importlib.resources import files
from typing import Any

from playwright.async_api import Browser, BrowserContext, Error, Page, Route, ViewportSize

ADDRESS = "http://panel.inboxwright.localhost/"
_SIZE: ViewportSize = {"width": 420, "height": 820}

Command = Callable[[dict[str, Any]], Awaitable[None]]


class Panel:
    """A page in a second context: it has its own window, and is not recorded."""

    def __init__(self, context: BrowserContext, page: Page) -> None:
        self.context = context
        self.page = page

    @classmethod
    async def open(cls, browser: Browser, command: Command, *, headless: bool) -> "Panel":
        """Open the window."""
        context = await (browser.new_context(viewport=_SIZE) if headless else browser.new_context(no_viewport=True))
        html = files(__package__).joinpath("page.html").read_text(encoding="utf-8")

        async def serve(route: Route) -> None:
            await route.fulfill(body=html, content_type="text/html; charset=utf-8")

        await context.route(f"{ADDRESS}**", serve)
        page = await context.new_page()

        async def told(source: object, message: dict[str, Any]) -> None:
            del source
            await command(message)

        await page.expose_binding("inboxwrightCommand", told)
        await page.goto(ADDRESS)
        return cls(context, page)

    async def show(self, state: Mapping[str, Any]) -> None:
        """Draw the state; a window that the person closed is no error."""
        try:
            await self.page.evaluate("state => window.inboxwrightShow(state)", dict(state))
        except Error:
            browser = self.context.browser
            if not self.page.is_closed() and browser is not None and browser.is_connected():
                raise


async def place(page: Page, *, left: int, top: int, width: int, height: int) -> None:
    """Move the page's window (Chromium's own protocol; elsewhere nothing happens)."""
    try:
        session = await page.context.new_cdp_session(page)
        window = await session.send("Browser.getWindowForTarget")
        bounds = {"left": left, "top": top, "width": width, "height": height}
        await session.send("Browser.setWindowBounds", {"windowId": window["windowId"], "bounds": bounds})
        await session.detach()
    except Error:
        return
