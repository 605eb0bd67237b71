"""One recording from the first window to the timeline: browser, panel, inboxes, in one asyncio loop."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urljoin

from playwright.async_api import Browser, BrowserContext, Error

from inboxwright.errors import MailTimeout, ProviderError
from inboxwright.identity import Identity
from inboxwright.inbox import AsyncInbox, Provider
from inboxwright.mail import Message
from inboxwright.record.mails import RecordedMail, urls
from inboxwright.record.marking import Recording, to_timeline
from inboxwright.record.panel import Panel
from inboxwright.record.panel.state import is_mailed_link
from inboxwright.record.panel.window import place
from inboxwright.record.picking import Picked, picked_of
from inboxwright.record.recorder import Recorder
from inboxwright.record.timeline import Step, Timeline
from inboxwright.record.view import known, view

_TICK = 0.5  # seconds between two looks at the TOTP code
_SOON = 0.05  # seconds in which changes are gathered before they are drawn
_PANEL_WIDTH = 500  # CSS pixels: Chromium makes no window narrower
_MAIL_PATIENCE = 600_000  # milliseconds; then the wait is simply begun again


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What is recorded, and how."""

    name: str
    base_url: str
    start: str = "/"
    headless: bool = False
    link_hosts: tuple[str, ...] | None = None
    test_id_attribute: str = "data-testid"
    context: Mapping[str, Any] = field(default_factory=dict)
    """More arguments for Playwright's `new_context`."""
    after: str = ""
    prepare: Callable[[BrowserContext], Awaitable[None]] | None = None
    """What is done to the recorded context before its first page is opened."""


class Session:
    """A recording in progress. `finished` is set when the person is done; `result` is shown in the panel."""

    def __init__(self, browser: Browser, provider: Provider, identity: Identity, *, settings: Settings) -> None:
        self.browser, self.provider, self.settings, self.identity = browser, provider, settings, identity
        self.inboxes: list[AsyncInbox] = []
        self.passwords: list[str] = []
        self.mails: list[RecordedMail] = []
        self.messages: list[Message] = []
        self.finished = asyncio.Event()
        self.status = "recording"
        self.report = ""
        self.trouble = ""
        self.driven = True
        self._dirty = asyncio.Event()
        self._mailed = asyncio.Event()
        self.picked: Picked | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    async def open(self, *, address: AsyncInbox | None = None, storage_state: Any = None) -> None:
        """Open both windows and go to the first page."""
        settings = self.settings
        context = await self.browser.new_context(
            base_url=settings.base_url, **{"storage_state": storage_state, **settings.context}
        )
        if settings.prepare is not None:
            await settings.prepare(context)
        self.recorder = Recorder(context, changed=self._dirty.set)
        self.page = await self.recorder.start()
        seen = len(await address.messages()) if address else 0
        self._receive(address or await self.provider.new_async_inbox(settings.name), seen)
        self.panel = await Panel.open(self.browser, self._command, headless=settings.headless)
        self.panel.page.on("close", lambda _: self.finished.set())
        self.page.on("close", lambda _: self.finished.set())
        if not settings.headless:
            await self._side_by_side()
        self._spawn(self._draw())
        self._spawn(self._tick())
        await self.recorder.go(self.page, urljoin(settings.base_url, settings.start), settings.start)
        await self.page.bring_to_front()

    async def _side_by_side(self) -> None:
        width, height = await self.page.evaluate("[screen.availWidth, screen.availHeight]")
        left = max(400, min(1280, width - _PANEL_WIDTH))
        await place(self.page, left=0, top=0, width=left, height=height)
        await place(self.panel.page, left=left, top=0, width=_PANEL_WIDTH, height=height)

    async def timeline(self) -> Timeline:
        """What was recorded, with known values by name."""
        steps = await self.recorder.steps()
        return to_timeline(
            Recording(
                name=self.settings.name,
                base_url=self.settings.base_url,
                steps=steps,
                identity=self.identity,
                addresses=[inbox.address for inbox in self.inboxes],
                passwords=self.passwords,
                mails=self.mails,
                started=self.recorder.started,
                link_hosts=self.settings.link_hosts,
                test_id_attribute=self.settings.test_id_attribute,
                after=self.settings.after,
            )
        )

    async def open_panel_only(self) -> None:
        """Open the panel beside somebody else's recorder: links are copied, not opened."""
        self.driven = False
        self.recorder = Recorder(await self.browser.new_context())
        self.recorder.changed = self._dirty.set
        self._receive(await self.provider.new_async_inbox(self.settings.name), 0)
        self.panel = await Panel.open(self.browser, self._command, headless=self.settings.headless)
        self.panel.page.on("close", lambda _: self.finished.set())
        self._spawn(self._draw())
        self._spawn(self._tick())

    async def next_mail(self) -> None:
        """Return when one more mail has arrived."""
        await self._mailed.wait()

    async def another_address(self) -> str:
        """One more inbox; its address."""
        self._receive(await self.provider.new_async_inbox(f"{self.settings.name}-{len(self.inboxes) + 1}"), 0)
        return self.inboxes[-1].address

    def another_password(self) -> str:
        """One more password for the same person."""
        self.passwords.append(Identity.generate(f"{self.identity.username}/{len(self.passwords)}").password)
        return self.passwords[-1]

    async def tell(self, status: str, report: str = "") -> None:
        """Show how things stand after "Finish"."""
        self.status, self.report = status, report
        await self.panel.show(view(self))

    async def close(self) -> None:
        """Close both windows and stop waiting for mail."""
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for context in (self.recorder.context, self.panel.context):
            await context.close()

    # -- mail ---------------------------------------------------------------------------------------------------------

    def _receive(self, inbox: AsyncInbox, seen: int = 0) -> None:
        self.inboxes.append(inbox)
        self._spawn(self._listen(inbox, len(self.inboxes) - 1, seen))
        self._dirty.set()

    async def _listen(self, inbox: AsyncInbox, number: int, seen: int) -> None:
        while True:
            try:
                async with inbox.expect_message(timeout=_MAIL_PATIENCE) as following:
                    for message in (await inbox.messages())[seen:]:
                        seen += 1
                        self._arrived(message, number)
                await following.value
            except MailTimeout:
                continue
            except ProviderError as error:
                self.trouble = str(error)
                self._dirty.set()
                return

    def _arrived(self, message: Message, number: int) -> None:
        self.messages.append(message)
        mailed, self._mailed = self._mailed, asyncio.Event()
        mailed.set()
        self.mails.append(RecordedMail(raw=message.raw, recipient=message.recipient, inbox=number))
        self.recorder.add(Step(kind="mail", mail=len(self.mails), inbox=number, value=message.subject))

    # -- the panel ----------------------------------------------------------------------------------------------------

    async def _command(self, message: dict[str, Any]) -> None:
        match message["do"]:
            case "finish":
                self.finished.set()
            case "undo":
                values = known(self)
                self.recorder.undo(lambda step: is_mailed_link(step, values))
            case "address":
                await self.another_address()
            case "password":
                self.another_password()
            case "open":
                url = urls(self.messages[message["mail"] - 1])[message["link"] - 1]
                self._spawn(self.front_goto(url))
            case "pick":
                self._spawn(self._pick())
            case "asserted":
                self._assert(message["answer"])
            case "dialog":
                await self.recorder.answer(accept=message["answer"] == "accept", text=message["text"])
        self._dirty.set()

    async def front_goto(self, url: str) -> None:
        """Open a mailed link in the recorded page."""
        page = self.recorder.front()
        await page.bring_to_front()
        try:
            await page.goto(url)
        except Error as error:  # a link to a server that does not answer: the browser shows it, and so do we
            self.trouble = f"the link did not open: {error.message.splitlines()[0]}"
            self._dirty.set()

    async def _pick(self) -> None:
        self.status = "picking"
        self._dirty.set()
        try:
            page, locator, code = await self.recorder.pick()
            self.picked = await picked_of(page, locator, code)
        except Error as error:
            self.trouble = f"nothing was picked: {error.message.splitlines()[0]}"
        finally:
            self.status = "recording"
            self._dirty.set()

    def _assert(self, kind: str) -> None:
        picked, self.picked = self.picked, None
        if picked is None or kind == "cancel":
            return
        asserted = {"assert_text": picked.text, "assert_value": picked.value}.get(kind, "")
        step = Step(kind=kind, locator=picked.code, value=asserted, field=picked.field)
        if kind == "assert_text":
            step = replace(step, rendered=picked.rendered)
        self.recorder.add_on(picked.page, step)

    async def _draw(self) -> None:
        while True:
            await self._dirty.wait()
            await asyncio.sleep(_SOON)
            self._dirty.clear()
            await self.panel.show(view(self))

    async def _tick(self) -> None:
        while True:
            await asyncio.sleep(_TICK)
            if self.recorder.secrets:
                self._dirty.set()

    def _spawn(self, work: Any) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
