"""Listens to the pages of one browser context and keeps what the person did, in order."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from playwright.async_api import BrowserContext, Dialog, Download, Error, Frame, Locator, Page, Request

from inboxwright.record.entries import PATIENCE, Entry, last_act, without_last_act
from inboxwright.record.kinds import KINDS
from inboxwright.record.listener import script
from inboxwright.record.mails import route_of, same_url
from inboxwright.record.naming import Naming
from inboxwright.record.timeline import Field, Step

_ANSWERING = {"POST", "PUT", "PATCH", "DELETE"}


class Recorder:
    """Records one context through Playwright's public interface only. Everything runs in one asyncio loop."""

    def __init__(self, context: BrowserContext, *, changed: Callable[[], None] = lambda: None) -> None:
        self.context = context
        self.started = time.time()  # a wall clock: pages report theirs, and RFC 6238 codes go by it
        self.entries: list[Entry] = []
        self.pages: list[Page] = []
        self.picking = False
        self.dialog: Dialog | None = None
        self.secrets: list[str] = []
        self._expected = ""
        self.changed = changed
        self.naming = Naming()
        self._paths: dict[int, tuple[str, str, str]] = {}
        self._places: dict[int, int] = {}
        """Where in its history each page is."""
        self._tasks: set[asyncio.Task[None]] = set()

    async def start(self) -> Page:
        """Install the listeners and open the recorded page."""
        await self.context.expose_binding("__inboxwrightReport", self._report)
        await self.context.add_init_script(script())
        self.context.on("page", self._new_page)
        self.context.on("request", self._request)
        return await self.context.new_page()

    def add(self, step: Step, *, mark: str = "") -> Entry:
        """Append a step that did not come from a page's listener."""
        entry = Entry(step=replace(step, at=step.at or self.now()), mark=mark, locator=self.naming.of(mark))
        self.entries.append(entry)
        self.changed()
        return entry

    def add_on(self, page: Page, step: Step) -> Entry:
        """Append a step that the panel made about a page."""
        number = self._number(page)
        path, title, heading = self._paths.get(number, (route_of(page.url)[0], "", ""))
        return self.add(replace(step, page=number, path=path, title=title, heading=heading))

    async def go(self, page: Page, url: str, shown: str) -> None:
        """Open the first page, recorded as such."""
        self._expected = url
        self.add(Step(kind="open", page=self._number(page), value=shown))
        await page.goto(url)

    def now(self) -> int:
        """Milliseconds since the start."""
        return round((time.time() - self.started) * 1000)

    def undo(self, also: Callable[[Step], bool]) -> None:
        """Take back the last thing the person did, and what followed from it; the page stays as it is.

        `also`: what of the things that were seen was the person's doing.
        """
        self.entries[:] = without_last_act(self.entries, also)
        self.changed()

    async def steps(self) -> list[Step]:
        """All steps so far, with their locators."""
        return [await entry.settled() for entry in list(self.entries)]

    async def pick(self) -> tuple[Page, Locator, str]:
        """Let the person pick an element of the newest page; one's own listeners are deaf meanwhile."""
        page = self.front()
        self.picking = True
        try:
            picked = await page.pick_locator()
            return page, picked, str(await picked.normalize())
        finally:
            self.picking = False

    def front(self) -> Page:
        """The page that the person most likely looks at: the newest that is open."""
        return next((page for page in reversed(self.pages) if not page.is_closed()), self.pages[0])

    async def answer(self, *, accept: bool, text: str = "") -> None:
        """Answer the dialog that is open."""
        dialog, self.dialog = self.dialog, None
        if dialog is None:
            return
        step = Step(
            kind="dialog", page=self._number(dialog.page), value=dialog.message,
            answer="accept" if accept else "dismiss",
            text=text if accept else "",
        )  # fmt: skip
        self.add(step)
        await (dialog.accept(text) if accept else dialog.dismiss())

    # -- pages --------------------------------------------------------------------------------------------------------

    def _new_page(self, page: Page) -> None:
        number = len(self.pages)
        self.pages.append(page)
        page.on("framenavigated", lambda frame: self._arrived(page, frame))
        page.on("load", lambda page: self._seen("load", page))
        page.on("dialog", self._opened)
        page.on("download", self._downloaded)
        page.on("close", self._closed)
        if number:
            self._spawn(self._came_from(page, number))

    async def _came_from(self, page: Page, number: int) -> None:
        entry = self.add(Step(kind="tab", new_page=number))
        opener = await page.opener()
        if opener is not None:
            entry.step = replace(entry.step, kind="popup", page=self._number(opener))

    def _closed(self, page: Page) -> None:
        if any(not other.is_closed() for other in self.pages):
            self.add(Step(kind="close", page=self._number(page)))

    def _arrived(self, page: Page, frame: Frame) -> None:
        if frame is page.main_frame and not frame.url.startswith(("about:", "chrome-error:")):
            self._seen("arrive", page)

    def _seen(self, kind: str, page: Page) -> None:
        if page.url.startswith(("http:", "https:")):
            path, query = route_of(page.url)
            self.add(Step(kind=kind, page=self._number(page), path=path, query=query))

    def _opened(self, dialog: Dialog) -> None:
        self.dialog = dialog
        self.changed()

    def _downloaded(self, download: Download) -> None:
        self.add(Step(kind="download", page=self._number(download.page), value=download.suggested_filename))

    def _request(self, request: Request) -> None:
        try:
            frame = request.frame
            page = frame.page
            main = request.is_navigation_request() and frame is page.main_frame
        except Error:  # a service worker's request, or the first one of a page that is not there yet
            return
        path = urlsplit(request.url).path
        if request.method in _ANSWERING and not request.redirected_from:
            request_of = self._number(page)
            self.add(Step(kind="request", page=request_of, method=request.method, value=path, by_script=not main))
        elif main and request.redirected_from is None and request.method == "GET":
            if self._expected and same_url(request.url, self._expected):
                self._expected = ""
                return
            entry = self.add(Step(kind="navigate", page=self._number(page), value=request.url))
            self._spawn(self._who_asked(entry, request))

    async def _who_asked(self, entry: Entry, request: Request) -> None:
        try:
            headers = await asyncio.wait_for(request.all_headers(), PATIENCE)
        except (Error, TimeoutError):
            return
        entry.step = replace(entry.step, answer=headers.get("sec-fetch-site", ""))

    # -- what the listeners report -------------------------------------------------------------------------------------

    async def _report(self, source: dict[str, Any], message: dict[str, Any]) -> None:
        page, frame = source["page"], source["frame"]
        number = self._number(page)
        before = self._places.get(number, -1)
        if "path" in message:
            self._paths[number] = (message["path"], message["title"], message["heading"])
            self._places[number] = message["index"]
        kind, mark = message["type"], message.get("mark", "")
        if kind == "document":
            self._spawn(self.naming.warm(frame))
            if message["nav"] == "back_forward":
                message["nav"] = "forward" if message["index"] > before else "back"
        if kind == "touch":
            await self.naming.find(frame, mark)
            return
        if kind == "content":
            self._content(mark, message)
            return
        if self.picking or not (mark or KINDS[kind].bare):
            return
        path, title, heading = self._paths.get(number, ("", "", ""))
        step = Step(
            kind=kind,
            at=round(message["at"] - self.started * 1000),
            page=number,
            path=path,
            title=title,
            heading=heading,
            field=Field(**message["field"]) if message.get("field") else None,
            value=str(message.get("value") or message.get("nav") or ""),
        )
        self._take(step, mark, message)

    def _take(self, step: Step, mark: str, message: dict[str, Any]) -> None:
        last = self.entries[-1] if self.entries else None
        match step.kind:
            case "click":
                button = "" if message["button"] == "left" else message["button"]
                position = tuple(message.get("position", ()))
                step = replace(step, button=button, modifiers=tuple(message["modifiers"]), position=position)
                if message["clicks"] == 2 and last and last.mark == mark and last.step.kind == "click":
                    last.step = replace(step, kind="dblclick")
                    return
            case "fill":
                previous = last_act(self.entries)
                if previous and previous.mark == mark and previous.step.kind == "fill":
                    previous.step = replace(previous.step, value=step.value)
                    self.changed()
                    return
            case "select":
                step = replace(step, options=tuple(message["choices"]))
            case "upload":
                step = replace(step, together=message["also"])
            case "secret":
                step = replace(step, shown_as=message["note"])
                self.secrets.append(step.value)
            case "missed":
                step = replace(step, note=message["note"])
        self.add(step, mark=mark)

    def _content(self, mark: str, message: dict[str, Any]) -> None:
        for entry in reversed(self.entries):
            if entry.step.kind == "upload" and entry.mark == mark and entry.step.value == message["value"]:
                entry.step = replace(entry.step, content=message["content"])
                return

    def _number(self, page: Page | None) -> int:
        return self.pages.index(page) if page in self.pages else 0

    def _spawn(self, work: Any) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
