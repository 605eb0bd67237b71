"""A person's hands without a person: fills forms by purpose, sends them, reads the mail, and looks who is signed in."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import TypeVar
from urllib.parse import urljoin

from playwright.async_api import Error, Locator

from inboxwright.errors import InboxwrightError, MatchError
from inboxwright.explore.forms import Control, Form, forms_of, pressable
from inboxwright.explore.scout import Way
from inboxwright.explore.words import BY_MAIL, CONFIRM, OF, SIGN_IN, SIGN_OUT, SIGN_UP, Purpose
from inboxwright.mail import Message
from inboxwright.record import Session, Step
from inboxwright.record.people import IDENTITY
from inboxwright.record.timeline import Field

_MAIL = 12.0  # seconds that a mail may take
_ANSWER = 8.0  # seconds that the application may take to answer
_LOOK = 0.1  # seconds between two looks at the page
_ACT = 5_000  # milliseconds that an element may take to take an act
_PASSING = ("[role=alert]", "[role=status]", "[aria-live]", "[class*=message]", "[class*=alert]", "[class*=flash]")
_LASTING = f":not({', '.join(f'{part}, {part} *' for part in _PASSING)})"
T = TypeVar("T")
_BIRTH, _NUMBER = "1990-05-17", "1"


class Stuck(InboxwrightError):
    """The journey cannot be walked on; the message says what was looked for and what was seen."""


class Walker:
    """Walks in the recorded page of one session."""

    def __init__(self, session: Session) -> None:
        self.session, self.page = session, session.page
        self.address = session.inboxes[0].address
        self.password = session.identity.password
        self._read = len(session.messages)

    # -- hands --------------------------------------------------------------------------------------------------------

    async def _touch(self, target: Locator) -> None:
        """As a mouse would: the recorder asks for an element's locator when it is first touched."""
        try:
            await target.dispatch_event("mouseover", timeout=2000)
        except Error:
            return
        await self.session.recorder.naming.settled()

    async def press(self, control: Control) -> None:
        """Press a button or a link. Raises Stuck."""
        await self._touch(control.locator)
        try:
            await control.locator.click(timeout=_ACT)
        except Error as error:
            raise Stuck(f"{control.words!r} could not be pressed: {error.message.splitlines()[0]}") from None

    async def _type(self, control: Control, value: str) -> None:
        await self._touch(control.locator)
        try:
            await control.locator.fill(value, timeout=_ACT)
        except Error as error:
            words = control.field.label or control.field.name
            raise Stuck(f"{words!r} could not be filled in: {error.message.splitlines()[0]}") from None

    # -- forms --------------------------------------------------------------------------------------------------------

    async def form(self, purpose: Purpose) -> Form:
        """The form of this purpose on the present page, once it is there. Raises Stuck."""

        async def look() -> Form | None:
            return next((form for form in await forms_of(self.page) if form.purpose() is purpose), None)

        found = await self._until(look, _ANSWER)
        if found is None:
            raise Stuck(f"no form to {purpose.value} at {self.page.url}")
        return found

    async def fill(self, form: Form, *, password: str = "") -> None:
        """Fill in what has to be filled in, each field by what it asks for. Raises Stuck for what cannot be told."""
        addresses = [field for field in form.of("address") if not field.again]
        if len(addresses) > 1:
            asked = " and ".join(repr(field.field.label or field.field.name) for field in addresses)
            raise Stuck(f"two fields ask for an address: {asked}; which one is the person's cannot be told")
        lone = form.texts[0] if len(form.texts) == 1 and not form.of("address") and not form.of("username") else None
        chosen: set[str] = set()
        for field in form.fields:
            kind, asked = field.field.type, field.asks
            if kind == "radio":
                await self._choose(form, field, chosen)
            elif kind == "checkbox":
                if field.required and not field.checked:
                    await self._touch(field.locator)
                    await field.locator.check(timeout=_ACT)
            elif field.field.tag == "select":
                if field.required and field.options and not field.value:
                    await self._select(field)
            elif asked == "code":
                continue
            elif (
                asked in {"address", "identifier"}
                or field is lone
                or (asked == "username" and form.purpose() is not Purpose.SIGN_UP)
            ):
                await self._type(field, self.address)
            elif asked == "password":
                await self._type(field, password or self.password)
            elif asked in IDENTITY and (field.required or form.purpose() is Purpose.SIGN_UP):
                await self._type(field, str(getattr(self.session.identity, asked)))
            elif field.required and not field.value:
                await self._type(field, _answer(field))

    async def _choose(self, form: Form, field: Control, chosen: set[str]) -> None:
        """Of a group of choices the one that says mail, else the first one where one is required."""
        group = [other for other in form.fields if other.field.type == "radio" and other.field.name == field.field.name]
        if field.field.name in chosen or any(other.checked for other in group):
            return
        chosen.add(field.field.name)
        by_mail = next((other for other in group if "mail" in other.field.label.lower()), None)
        wanted = by_mail or (group[0] if field.required else None)
        if wanted is not None:
            await self._touch(wanted.locator)
            await wanted.locator.check(timeout=_ACT)

    async def _select(self, field: Control) -> None:
        """`select_option` fires events that no person could have caused: they are recorded here."""
        await field.locator.select_option(label=field.options[0], timeout=_ACT)
        code = str(await field.locator.normalize())
        step = Step(kind="select", locator=code, options=field.options[:1], field=field.field)
        self.session.recorder.add_on(self.page, step)

    async def send(self, form: Form, purpose: Purpose | None = None) -> None:
        """Press what sends the form. Raises Stuck where that cannot be told."""
        fitting = [button for button in form.buttons if purpose and OF[purpose].search(button.words)]
        candidates = fitting or list(form.buttons)
        if not candidates:
            await self._touch(form.fields[-1].locator)
            await form.fields[-1].locator.press("Enter", timeout=_ACT)
        elif len(candidates) > 1 and not fitting:
            words = ", ".join(repr(button.words) for button in candidates)
            raise Stuck(f"which of {words} sends the form at {self.page.url} cannot be told")
        else:
            await self.press(candidates[0])

    # -- what comes of it ---------------------------------------------------------------------------------------------

    async def mail(self) -> Message:
        """The next mail, and the application's own answer with it. Raises Stuck if none comes."""
        before = self.page.url
        try:
            async with asyncio.timeout(_MAIL):
                while len(self.session.messages) <= self._read:
                    await self.session.next_mail()
        except TimeoutError:
            raise Stuck(f"no mail came within {_MAIL:.0f} s; the page says: {await self.said()}") from None
        self._read = len(self.session.messages)
        await self.settled(before)
        return self.session.messages[-1]

    async def settled(self, before: str) -> None:
        """Wait for another address, for a moment, and until the page has loaded."""

        async def moved() -> bool | None:
            return True if self.page.url != before else None

        await self._until(moved, 1.5)
        await self.page.wait_for_load_state("load")

    async def follow(self, message: Message) -> None:
        """Open the mail's one link, and press the one button that a page with nothing to fill in asks for."""
        try:
            link = message.link()
        except MatchError as error:
            raise Stuck(f"the mail {message.subject!r} has no one link: {str(error).splitlines()[0]}") from None
        await self.session.front_goto(link.url)
        await self.page.wait_for_load_state("load")
        if await self.signed_in() is not None or await forms_of(self.page):
            return
        buttons = [c for c in await pressable(self.page) if c.field.tag != "a" and CONFIRM.search(c.words)]
        if len(buttons) == 1:
            before = self.page.url
            await self.press(buttons[0])
            await self.settled(before)

    async def enter_code(self, message: Message) -> None:
        """Type the mail's one code where a code is asked for, and send it. Raises Stuck."""
        try:
            code = message.code()
        except MatchError as error:
            raise Stuck(f"the mail {message.subject!r} has no one code: {str(error).splitlines()[0]}") from None
        form = next((form for form in await forms_of(self.page) if form.of("code")), None)
        if form is None:
            raise Stuck(f"a code was mailed, and no field at {self.page.url} asks for one")
        boxes = form.of("code")
        if len(boxes) > 1 and all(box.field.maxlength == 1 for box in boxes):
            await self._touch(boxes[0].locator)
            await boxes[0].locator.click(timeout=_ACT)
            await self.page.keyboard.type(code, delay=20)
        else:
            await self._type(boxes[0], code)
        before = self.page.url
        buttons = [button for button in form.buttons if not BY_MAIL.search(button.words)] or form.buttons
        await self.send(Form(fields=form.fields, buttons=tuple(buttons[-1:]), about=form.about))
        await self.settled(before)

    async def signed_in(self, *, within: float = 0) -> Control | Locator | None:
        """What shows that the person is signed in; None if nothing does.

        The way out, or the person's address on a page that offers no way in: a page may show the address of a mail that
        it has sent, so the address alone is no evidence.
        """
        return await self._until(self._evidence, within)

    async def _evidence(self) -> Control | Locator | None:
        controls = await pressable(self.page)
        way_out = next((control for control in controls if SIGN_OUT.search(control.words)), None)
        naming = self.page.get_by_text(self.address).filter(visible=True)
        lasting = naming.and_(self.page.locator(_LASTING))  # a message goes with the next page
        shown = (lasting if await lasting.count() else naming).first
        has_address = await shown.count() > 0
        if way_out is not None:
            return shown if has_address else way_out
        ways_in = [c for c in controls if SIGN_IN.search(c.words) or SIGN_UP.search(c.words)]
        if has_address and not ways_in and not await forms_of(self.page):
            return shown
        return None

    async def assert_signed_in(self) -> None:
        """Assert in the recording what shows it. Raises Stuck if nothing does."""
        evidence = await self.signed_in(within=_ANSWER)
        if evidence is None:
            raise Stuck(f"nothing at {self.page.url} shows that the person is signed in; it says: {await self.said()}")
        await self.assert_shown(evidence.locator if isinstance(evidence, Control) else evidence)

    async def assert_shown(self, target: Locator) -> None:
        """Assert the element: by its words where the person's address is among them."""
        code = str(await target.normalize())
        text = " ".join((await target.inner_text()).split())
        field = Field(tag="", label=text[:80])
        if self.address in text and self.address not in code:
            step = Step(kind="assert_text", locator=code, value=text, field=field)
        else:
            step = Step(kind="assert_visible", locator=code, field=field)
        self.session.recorder.add_on(self.page, step)

    async def sign_out(self) -> None:
        """Press the way out, and once more where it asks. Raises Stuck."""
        for _ in range(2):
            ways = [control for control in await pressable(self.page) if SIGN_OUT.search(control.words)]
            if not ways:
                break
            before = self.page.url
            await self.press(next((way for way in ways if way.field.tag != "a"), ways[0]))
            await self.settled(before)
            if await self.signed_in() is None:
                return
        raise Stuck(f"no way to sign out at {self.page.url}")

    async def reach(self, way: Way) -> None:
        """Go to a form: by a link to it where there is one, as a person would, else by its address."""
        if self.page.url.partition("://")[2].partition("/")[2] != way.path.lstrip("/"):
            await self._go(way.path)
        await self.bring_forth(way)

    async def bring_forth(self, way: Way) -> None:
        """Press what the form is behind. Raises Stuck if it is not there."""

        async def look() -> Control | None:
            return next((c for c in await pressable(self.page) if c.words == way.press and not c.href), None)

        if not way.press:
            return
        control = await self._until(look, _ANSWER)
        if control is None:
            raise Stuck(f"no button {way.press!r} at {self.page.url}")
        await self.press(control)

    async def _go(self, path: str) -> None:
        for control in await pressable(self.page):
            if control.href and control.href.rstrip("/").endswith(path.rstrip("/")) and path.strip("/"):
                await self.press(control)
                await self.page.wait_for_load_state("load")
                return
        await self.open(path)

    async def open(self, path: str) -> None:
        """Go to an address, recorded as such."""
        await self.session.recorder.go(self.page, urljoin(self.session.settings.base_url, path), path)

    async def said(self) -> str:
        """What the page says, in short."""
        text = await self.page.locator("body").inner_text()
        return " ".join(text.split())[:200]

    async def _until(self, look: Callable[[], Awaitable[T | None]], within: float) -> T | None:
        deadline = time.monotonic() + within
        while True:
            try:
                found = await look()
            except Error:  # the page went away while it was looked at
                found = None
            if found is not None or time.monotonic() >= deadline:
                return found
            await asyncio.sleep(_LOOK)


def _answer(field: Control) -> str:
    """For a required field that asks for nothing of the person's. Raises Stuck for what cannot be told."""
    kind = field.field.type
    if kind == "date":
        return _BIRTH
    if kind in {"number", "range"}:
        return _NUMBER
    raise Stuck(f"what {field.field.label or field.field.name!r} asks for cannot be told")
