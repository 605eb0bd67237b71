"""Playwright's own codegen: run it beside the panel, and import what it wrote by walking through it again."""

import ast
import asyncio
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from playwright.async_api import async_playwright

from inboxwright.errors import InboxwrightError
from inboxwright.identity import Identity
from inboxwright.inbox import Provider
from inboxwright.processes import end_tree
from inboxwright.record.replay import KNOWN, Replay, beginning
from inboxwright.record.run import BrowserSettings, Driver
from inboxwright.record.session import Session, Settings


class CannotImport(InboxwrightError):
    """The file is not what codegen writes for pytest, or a step of it cannot be walked through again."""


def codegen_driver(source: Path, *, say: Callable[[str], object]) -> Driver:
    """A driver that does what the file does, with a fresh address and person, and adds the mailed steps it lacks.

    Raises CannotImport if the file holds no test of codegen's.
    """
    statements = read_statements(source.read_text(encoding="utf-8"), source.name)

    async def drive(session: Session) -> None:
        await Replay(session, statements, say=say).run()

    return drive


def codegen_start(source: Path) -> str:
    """The path at which the file's journey begins. Raises CannotImport as `codegen_driver` does."""
    return beginning(read_statements(source.read_text(encoding="utf-8"), source.name)) or "/"


def read_statements(text: str, name: str) -> list[ast.stmt]:
    """The statements of the one test function. Raises CannotImport for what codegen does not write."""
    try:
        tree = ast.parse(text)
    except SyntaxError as error:
        raise CannotImport(f"{name} is not Python: {error}") from None
    tests = [node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name.startswith("test")]
    if len(tests) != 1 or "page" not in {argument.arg for argument in tests[0].args.args}:
        raise CannotImport(
            f"{name} holds no test function of codegen's;"
            f" write it with `playwright codegen --target python-pytest -o {name}`"
        )
    for node in (inner for statement in tests[0].body for inner in ast.walk(statement)):
        strange = isinstance(node, ast.Import | ast.ImportFrom | ast.FunctionDef | ast.ClassDef)
        if isinstance(node, ast.Call):
            function = node.func
            strange = (function.attr if isinstance(function, ast.Attribute) else ast.unparse(function)) not in KNOWN
        if strange:
            raise CannotImport(f"{name}: {ast.unparse(node)} is not something that codegen writes; nothing was run")
    return tests[0].body


def run_codegen(
    settings: Settings,
    browser: BrowserSettings,
    provider: Provider,
    identity: Identity,
    *,
    say: Callable[[str], object],
) -> Path:
    """Run codegen with the panel beside it until its window is closed; return the file it wrote.

    Raises CannotImport if it wrote none.
    """
    target = Path(tempfile.mkdtemp(prefix="inboxwright-codegen-")) / f"test_{settings.name}.py"
    say("Playwright's codegen opens its own windows; close the browser when the journey is done.")
    asyncio.run(_beside_panel(settings, browser, provider, identity, target))
    if not target.exists():
        raise CannotImport("codegen wrote nothing: it ended before anything was recorded")
    return target


async def _beside_panel(
    settings: Settings, started: BrowserSettings, provider: Provider, identity: Identity, target: Path
) -> None:
    async with async_playwright() as playwright:
        browser = await getattr(playwright, started.name).launch(headless=started.headless, **started.launch)
        session = Session(browser, provider, identity, settings=settings)
        await session.open_panel_only()
        environment = dict(os.environ)
        if executable := started.launch.get("executable_path"):
            # codegen has no option for it; this is what Playwright's own tests of it use
            environment["PWTEST_CLI_EXECUTABLE_PATH"] = str(executable)
        if started.headless:
            environment["PWTEST_CLI_HEADLESS"] = "1"
        command: list[Any] = [sys.executable, "-m", "playwright", "codegen", "--target", "python-pytest", "-o", target]
        command += ["--browser", started.name, "--test-id-attribute", settings.test_id_attribute]
        start = urljoin(settings.base_url, settings.start)
        # a session of its own: codegen is a child of a child, and would outlive the first one
        process = await asyncio.create_subprocess_exec(*command, start, env=environment, start_new_session=True)
        panel_closed = asyncio.ensure_future(session.finished.wait())
        ended = asyncio.ensure_future(process.wait())
        try:
            await asyncio.wait({panel_closed, ended}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            panel_closed.cancel()
            if process.returncode is None:
                await asyncio.to_thread(end_tree, process.pid)
                await process.wait()
            await session.close()
            await browser.close()
