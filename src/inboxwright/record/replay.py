"""Walk through codegen's statements again under our own recorder, with a fresh person and the mailed steps put in."""

import ast
import asyncio
import re
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urljoin, urlsplit

from playwright.async_api import Dialog, Error, Locator, Page

from inboxwright.errors import MatchError
from inboxwright.record.evaluate import LOCATING, Unwalkable, evaluate
from inboxwright.record.generate.weakest import template
from inboxwright.record.mails import looks_like_code, tokens, urls
from inboxwright.record.panel.state import totp
from inboxwright.record.people import meaning
from inboxwright.record.session import Session
from inboxwright.record.timeline import Field, Step

_PRESENT = 3.0  # seconds that an element may take to appear before a mailed step is thought to be missing
_MAIL = 10.0  # seconds that a mail may take
_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_ASSERTIONS = {"to_be_visible": "assert_visible", "to_contain_text": "assert_text", "to_have_text": "assert_text",
               "to_have_value": "assert_value"}  # fmt: skip
_ACTIONS = {
    "click",
    "dblclick",
    "fill",
    "press",
    "check",
    "uncheck",
    "select_option",
    "set_input_files",
    "goto",
    "close",
    "reload",
}
KNOWN = {*_ACTIONS, *_ASSERTIONS, *LOCATING, "expect", "expect_popup", "expect_download", "once", "accept", "dismiss"}
"""Every method and function that codegen calls."""


class Replay:
    """Does one statement after the other on the recorded page."""

    def __init__(self, session: Session, statements: Sequence[ast.stmt], *, say: Callable[[str], object]) -> None:
        self.session, self.statements, self.say = session, statements, say
        self.names: dict[str, Any] = {"page": session.page, "re": re}
        self.opened = 0  # how many mails have been dealt with
        self.replaced: dict[str, str] = {}

    async def run(self) -> None:
        """All statements, then a mailed link that nothing followed. Raises Unwalkable."""
        for index, statement in enumerate(self.statements):
            if index == 0 and _is_first_goto(statement):
                await self._first(statement)
                continue
            await self._statement(statement)
        await self._insert("the last step", wait=1.0)

    async def _first(self, statement: ast.stmt) -> None:
        url = _literal(statement)
        if urlsplit(urljoin(self.session.settings.base_url, url)).path != urlsplit(self.session.page.url).path:
            await self.session.page.goto(urljoin(self.session.settings.base_url, urlsplit(url).path))

    async def _statement(self, statement: ast.stmt) -> None:
        match statement:
            case ast.Expr(value=ast.Constant()):
                return
            case ast.Expr(value=ast.Call(func=ast.Attribute(attr="once"))):
                self.session.page.once("dialog", self._dialog(ast.unparse(statement)))
            case ast.Expr(value=ast.Call() as call):
                await self._call(call, ast.unparse(statement))
            case ast.With(
                items=[
                    ast.withitem(context_expr=ast.Call(func=ast.Attribute(attr=attr)), optional_vars=ast.Name(id=name))
                ],
                body=body,
            ):
                await self._with(attr, name, body)
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Attribute(value=ast.Name(id=source), attr="value")):
                self.names[name] = self.names[source]
            case _:
                raise Unwalkable(f"this statement of codegen's is not understood: {ast.unparse(statement)}")

    async def _with(self, attr: str, name: str, body: Sequence[ast.stmt]) -> None:
        expected = {"expect_popup": "popup", "expect_download": "download"}.get(attr)
        if expected is None:
            raise Unwalkable(f"`with page.{attr}()` is not understood")
        happened: asyncio.Future[Any] = asyncio.get_running_loop().create_future()

        def note(value: object) -> None:
            if not happened.done():
                happened.set_result(value)

        self.session.page.once(expected, note)  # type: ignore[call-overload]  # one of two events
        for statement in body:
            await self._statement(statement)
        self.names[name] = await asyncio.wait_for(happened, _MAIL)

    def _dialog(self, source: str) -> Callable[[Dialog], Any]:
        accept = ".accept" in source

        async def answer(dialog: Dialog) -> None:
            await self.session.recorder.answer(accept=accept)

        return answer

    async def _call(self, call: ast.Call, source: str) -> None:
        if not isinstance(call.func, ast.Attribute):
            raise Unwalkable(f"this statement of codegen's is not understood: {source}")
        action, owner = call.func.attr, call.func.value
        if (
            action in _ASSERTIONS
            and isinstance(owner, ast.Call)
            and isinstance(owner.func, ast.Name)
            and owner.func.id == "expect"
        ):
            await self._assert(_ASSERTIONS[action], owner.args[0], call, source)
            return
        if action not in _ACTIONS:
            raise Unwalkable(f"this statement of codegen's is not understood: {source}")
        target = evaluate(owner, self.names, self._fresh)
        arguments = [evaluate(argument, self.names, self._fresh) for argument in call.args]
        options = {item.arg: evaluate(item.value, self.names, self._fresh) for item in call.keywords if item.arg}
        if action == "goto":
            await self._goto(target, str(arguments[0]))
            return
        if isinstance(target, Locator):
            await self._appear(target, source)
            await self._touch(target)
        if action == "fill" and isinstance(target, Locator):
            arguments = [await self._value(target, str(ast.literal_eval(call.args[0])), source)]
        try:
            await getattr(target, action)(
                *arguments, **options, **({"timeout": 5000} if isinstance(target, Locator) else {})
            )
        except Error as error:
            raise Unwalkable(f"{source}: {error.message.splitlines()[0]}") from None
        if action == "select_option" and isinstance(target, Locator):
            await self._selected(target)

    def _fresh(self, text: str) -> str:
        for old, new in self.replaced.items():
            text = text.replace(old, new)
        return text

    async def _appear(self, target: Locator, source: str) -> None:
        """Wait for the element; if it does not come, a mailed link may have to be followed first."""
        if await _shown(target, _PRESENT):
            return
        if await self._insert(source, wait=_MAIL) and await _shown(target, _PRESENT * 2):
            return
        raise Unwalkable(f"{source}: no such element, and no mailed link leads to it")

    async def _insert(self, before: str, *, wait: float) -> bool:
        """Follow the one link of a mail that nothing has followed yet."""
        if not await self._mail(wait):
            return False
        for number in range(self.opened, len(self.session.messages)):
            message = self.session.messages[number]
            self.opened = number + 1
            try:
                url = message.link().url
            except MatchError:
                continue
            await self.session.front_goto(url)
            self.say(f"Inserted: the mailed link in “{message.subject}” is opened (codegen lost it) at: {before}")
            return True
        return False

    async def _mail(self, seconds: float) -> bool:
        """Whether a mail is there that has not been dealt with, after waiting that long for one."""
        try:
            async with asyncio.timeout(seconds):
                while len(self.session.messages) <= self.opened:
                    await self.session.next_mail()
        except TimeoutError:
            return False
        return True

    async def _goto(self, page: Page, url: str) -> None:
        if tokens(url) and await self._mail(_MAIL):
            for number in range(len(self.session.messages) - 1, -1, -1):
                for candidate in urls(self.session.messages[number]):
                    if template(candidate) == template(url):
                        self.opened = number + 1
                        await page.goto(candidate)
                        return
        await page.goto(urljoin(self.session.settings.base_url, url))

    async def _value(self, target: Locator, value: str, source: str) -> str:
        """What to type in place of what was typed: the fresh address, password or code."""
        kind = Field(**await target.evaluate(_KIND))
        session = self.session
        asked = meaning(kind)
        if asked == "password":
            return self._password(value)
        if _ADDRESS.fullmatch(value):
            if value not in self.replaced:
                self.replaced[value] = (
                    session.inboxes[0].address if not self.replaced else await session.another_address()
                )
            return self.replaced[value]
        if looks_like_code(value):
            return await self._code(value, source)
        return value

    def _password(self, value: str) -> str:
        key = f"\0{value}"  # never a part of a locator's words
        if key not in self.replaced:
            known = [new for old, new in self.replaced.items() if old.startswith("\0")]
            self.replaced[key] = self.session.identity.password if not known else self.session.another_password()
        return self.replaced[key]

    async def _code(self, value: str, source: str) -> str:
        current = totp(self.session.recorder.secrets)
        if current and value.isdigit() and len(value) == len(current["code"]) and not await self._mail(0):
            return str(current["code"])
        if await self._mail(_MAIL if not current else 1.0):
            self.opened = len(self.session.messages)
            try:
                code = self.session.messages[-1].code()
            except MatchError:
                return value
            subject, place = self.session.messages[-1].subject, source.partition(".fill(")[0]
            self.say(f"Replaced: the typed code is taken from “{subject}” at: {place}")
            return code
        return str(current["code"]) if current else value

    async def _assert(self, kind: str, element: ast.expr, call: ast.Call, source: str) -> None:
        target = evaluate(element, self.names, self._fresh)
        await self._appear(target, source)
        value = evaluate(call.args[0], self.names, self._fresh) if call.args else ""
        code = str(await target.normalize())
        self.session.recorder.add_on(target.page, Step(kind=kind, locator=code, value=str(value)))

    async def _touch(self, target: Locator) -> None:
        """As a mouse would: the recorder asks for an element's locator when it is first touched."""
        try:
            await target.dispatch_event("mouseover", timeout=2000)
            await asyncio.sleep(0.03)
        except Error:
            return

    async def _selected(self, target: Locator) -> None:
        """`select_option` fires events that no person could have caused: they are recorded here."""
        code = str(await target.normalize())
        choices = await target.evaluate("element => [...element.selectedOptions].map(option => option.label.trim())")
        self.session.recorder.add_on(
            target.page,
            Step(kind="select", locator=code, choices=tuple(choices), field=Field(**await target.evaluate(_KIND))),
        )


_KIND = """element => {
  const labels = [...(element.labels ?? [])].map(label => label.innerText).join(" ").trim();
  return {
    tag: element.localName,
    type: element.type ?? "",
    name: element.getAttribute("name") ?? "",
    autocomplete: element.getAttribute("autocomplete") ?? "",
    label: labels || (element.getAttribute("aria-label") ?? element.getAttribute("placeholder") ?? ""),
  };
}"""


def _is_first_goto(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and ast.unparse(statement).startswith("page.goto(")


def _literal(statement: ast.stmt) -> str:
    found = [
        node.value for node in ast.walk(statement) if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    return found[0] if found else "/"


async def _shown(target: Locator, seconds: float) -> bool:
    try:
        await target.first.wait_for(timeout=seconds * 1000)
    except Error:
        return False
    return True
