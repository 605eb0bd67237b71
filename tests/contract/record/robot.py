"""A person's hands: it moves the mouse, presses its button and types. No locator of Playwright's acts here."""

import asyncio
from collections.abc import Sequence

from playwright.async_api import Locator, Page

from inboxwright.record import Session

_HESITATION = 60
"""Milliseconds between reaching a button and pressing it; people take longer."""


class Robot:
    """Drives the recorded page and the panel of one session."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.page = session.page
        self.panel = session.panel.page
        self.address = session.inboxes[0].address
        self.password = session.identity.password

    async def click(self, target: Locator, **options: object) -> None:
        """Move to the middle of the element and press the button."""
        x, y = await self.reach(target)
        await self.hesitate()
        mouse = target.page.mouse
        await mouse.click(x, y, **options)  # type: ignore[arg-type]  # Playwright's own keyword arguments

    async def click_with(self, target: Locator, key: str) -> None:
        """Click while a key is held."""
        await target.page.keyboard.down(key)
        await self.click(target)
        await target.page.keyboard.up(key)

    async def hesitate(self) -> None:
        """Be as slow as a person, on a machine that may be slow itself."""
        await asyncio.sleep(_HESITATION / 1000)
        await self.session.recorder.naming.settled()

    async def click_and_answer(self, target: Locator, answer: str, text: str | None = None) -> None:
        """Click what opens a dialog: the click ends only when the panel has answered it."""
        click = asyncio.ensure_future(self.click(target))
        button = self.panel.get_by_role("button", name=answer)
        await button.wait_for()
        assert await self.panel.locator("#ask").is_visible()
        if text is not None:
            await self.panel.keyboard.press("Control+a")
            await self.panel.keyboard.type(text)
        await self.click(button)
        await click

    async def reach(self, target: Locator) -> tuple[float, float]:
        """Move the mouse to the middle of the element, scrolled into view by the wheel if it is not."""
        await target.wait_for()
        height = (target.page.viewport_size or {"height": 700})["height"]
        previous = None
        while (box := await target.bounding_box()) != previous and box is not None:
            if box["y"] >= 0 and box["y"] + min(box["height"], 40) <= height:
                break
            previous = box
            await target.page.mouse.wheel(0, -200 if box["y"] < 0 else 200)
            await asyncio.sleep(0.05)
        box = await target.bounding_box()
        assert box is not None
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        await target.page.mouse.move(x, y)
        return x, y

    async def type(self, target: Locator, text: str) -> None:
        """Click into the field and type."""
        await self.click(target)
        await target.page.keyboard.type(text)

    async def press(self, *keys: str) -> None:
        """Press keys, one after the other."""
        for key in keys:
            await self.page.keyboard.press(key)
            await self.hesitate()

    async def button(self, name: str) -> None:
        """Click a button of the recorded page."""
        await self.click(self.page.get_by_role("button", name=name, exact=True))

    async def link(self, name: str) -> None:
        """Click a link of the recorded page."""
        await self.click(self.page.get_by_role("link", name=name, exact=True))

    async def mail(self, subject: str) -> Locator:
        """The newest mail with this subject in the panel, once it is there."""
        found = self.panel.locator(".mail", has_text=subject).last
        await found.wait_for()
        return found

    async def open_mailed_link(self, subject: str) -> None:
        """Click "Open" in the panel."""
        await self.click((await self.mail(subject)).get_by_role("button", name="Open").first)

    async def read_code(self, subject: str) -> str:
        """The code in the panel, as a person would read it."""
        return (await (await self.mail(subject)).locator(".code").first.inner_text()).strip()

    async def read_totp(self) -> str:
        """The authenticator's code in the panel."""
        await self.panel.locator("#totp").wait_for()
        return (await self.panel.locator("#totp").inner_text()).replace(" ", "")

    async def asserts(self, target: Locator, what: str = "Is visible") -> None:
        """Click "Assert", pick the element, and choose what is asserted."""
        await self.click(self.panel.get_by_role("button", name="Assert"))
        await self.panel.get_by_text("Click an element").wait_for()
        await asyncio.sleep(0.15)
        await self.click(target)
        await self.click(self.panel.get_by_role("button", name=what))
        await self.panel.locator("#ask").wait_for(state="hidden")

    async def recorded(self, *kinds: str) -> Sequence[str]:
        """Wait until the last recorded acts are of these kinds."""
        for _ in range(100):
            found = [entry.step.kind for entry in self.session.recorder.entries]
            if all(kind in found for kind in kinds):
                return found
            await asyncio.sleep(0.02)
        raise AssertionError(f"{kinds} not among {found}")


def heading(page: Page, name: str) -> Locator:
    """The heading of a screen."""
    return page.get_by_role("heading", name=name)
