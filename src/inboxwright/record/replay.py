"""Walk through codegen's statements again under our own recorder, with a fresh person and the mailed steps put in."""

import ast
import asyncio
import re
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urljoin, urlsplit, urlunsplit

from playwright.async_api import Dialog, Error, Locator

from inboxwright.record.evaluate import LOCATING, Unwalkable, evaluate
from inboxwright.record.session import Session
from inboxwright.record.standin import StandIn, field_of
from inboxwright.record.timeline import Step

_PRESENT = 3.0  # seconds that an element may take to appear before a mailed step is thought to be missing
_HAPPENS = 10.0  # seconds that a popup or a download may take
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
        self.session, self.statements = session, statements
        self.person = StandIn(session, say=say)
        self.names: dict[str, Any] = {"page": session.page, "re": re}

    async def run(self) -> None:
        """All statements, then a mailed link that nothing followed. Raises Unwalkable."""
        for index, statement in enumerate(self.statements):
            if index > 0 or beginning(self.statements) is None:
                await self._statement(statement)
            else:
                await self._first(statement)
        await self.person.follow("the last step", wait=1.0)

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
        self.names[name] = await asyncio.wait_for(happened, _HAPPENS)

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
        target = evaluate(owner, self.names, self.person.fresh)
        arguments = [evaluate(argument, self.names, self.person.fresh) for argument in call.args]
        options = {item.arg: evaluate(item.value, self.names, self.person.fresh) for item in call.keywords if item.arg}
        if action == "goto":
            url = await self.person.fresh_link(str(arguments[0])) or str(arguments[0])
            await target.goto(urljoin(self.session.settings.base_url, url))
            return
        if isinstance(target, Locator):
            await self._appear(target, source)
            await self._touch(target)
        if action == "fill" and isinstance(target, Locator):
            arguments = [await self.person.value(target, str(ast.literal_eval(call.args[0])), source)]
        try:
            await getattr(target, action)(
                *arguments, **options, **({"timeout": 5000} if isinstance(target, Locator) else {})
            )
        except Error as error:
            raise Unwalkable(f"{source}: {error.message.splitlines()[0]}") from None
        if action == "select_option" and isinstance(target, Locator):
            await self._selected(target)

    async def _appear(self, target: Locator, source: str) -> None:
        """Wait for the element; if it does not come, a mailed link may have to be followed first."""
        if await _shown(target, _PRESENT):
            return
        if await self.person.follow(source) and await _shown(target, _PRESENT * 2):
            return
        raise Unwalkable(f"{source}: no such element, and no mailed link leads to it")

    async def _assert(self, kind: str, element: ast.expr, call: ast.Call, source: str) -> None:
        target = evaluate(element, self.names, self.person.fresh)
        await self._appear(target, source)
        value = evaluate(call.args[0], self.names, self.person.fresh) if call.args else ""
        code = str(await target.normalize())
        self.session.recorder.add_on(target.page, Step(kind=kind, locator=code, value=str(value)))

    async def _touch(self, target: Locator) -> None:
        """As a mouse would: the recorder asks for an element's locator when it is first touched."""
        try:
            await target.dispatch_event("mouseover", timeout=2000)
        except Error:
            return
        await self.session.recorder.naming.settled()

    async def _selected(self, target: Locator) -> None:
        """`select_option` fires events that no person could have caused: they are recorded here."""
        code = str(await target.normalize())
        options = await target.evaluate("element => [...element.selectedOptions].map(option => option.label.trim())")
        self.session.recorder.add_on(
            target.page,
            Step(kind="select", locator=code, options=tuple(options), field=await field_of(target)),
        )


def beginning(statements: Sequence[ast.stmt]) -> str | None:
    """Where the journey begins, as a path with what follows it; None if its first statement opens nothing."""
    first = statements[0]
    if not (isinstance(first, ast.Expr) and ast.unparse(first).startswith("page.goto(")):
        return None
    url = urlsplit(_literal(first))
    return urlunsplit(("", "", url.path or "/", url.query, url.fragment))


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
