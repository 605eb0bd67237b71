"""The tools, as the Model Context Protocol offers them over standard input and output."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial, wraps
from importlib.metadata import version
from pathlib import Path
from typing import Any

import anyio.to_thread
from mcp.server import MCPServer
from mcp.server.mcpserver import Image
from mcp.server.mcpserver.exceptions import ToolError

from inboxwright.agents import screen
from inboxwright.agents.desk import Desk
from inboxwright.errors import InboxwrightError

_INSTRUCTIONS = """\
Write and repair end-to-end tests of mailed journeys (sign-up, reset, magic link, one-time code) with pytest,
Playwright and inboxwright. Work in this order: init_suite if there is no playwright.config.json; open_page to see the
screens; new_person and wait_for_mail to see the mails; page objects (pages/), flows (flows/) and tests (e2e/) by
write_file; run_tests; evidence of what failed. Wait for mail by `with user.inbox.expect_message(subject=…) as mail:`
around the step that causes it. Never add a sleep or a retry, never loosen a matcher, never turn an assertion off:
write_file refuses that. A test that fails because the application is wrong stays red: say so.
"""


def build(root: Path, *, project: str | None = None) -> MCPServer:
    """The server for the suite in this folder."""
    desk = Desk(root, project=project)

    @asynccontextmanager
    async def alive(_: Any) -> AsyncIterator[Desk]:
        try:
            yield desk
        finally:
            desk.close()

    server = MCPServer(
        "inboxwright", version=version("inboxwright"), instructions=_INSTRUCTIONS, lifespan=alive, log_level="WARNING"
    )
    for tool in _tools(desk):
        server.tool(structured_output=False)(_in_a_thread(tool))
    return server


def _in_a_thread(tool: Callable[..., Any]) -> Callable[..., Any]:
    """Waits and browsers block; what we refuse is the tool's answer, without a traceback."""

    @wraps(tool)
    async def call(*args: Any, **kwargs: Any) -> Any:
        try:
            return await anyio.to_thread.run_sync(partial(tool, *args, **kwargs))
        except InboxwrightError as error:
            raise ToolError(str(error)) from error

    return call


def _tools(desk: Desk) -> list[Callable[..., Any]]:
    def init_suite(
        command: str = "",
        base_url: str = "",
        demo: bool = False,  # noqa: FBT001, FBT002 - the protocol calls by name
    ) -> str:
        """Lay a configuration, one page, one flow and one test into the folder; overwrites nothing.

        command: how the application is started, if the run is to start it. base_url: where it answers. demo: lay an
        application with all its journeys instead, which run at once.
        """
        given = {"--command": command, "--base-url": base_url}
        options = [part for name, value in given.items() if value for part in (name, value)]
        return desk.command("init", *(["--demo"] if demo else options))

    def new_person(hint: str = "agent") -> dict[str, str]:
        """A made-up person with a fresh address of the project; starts the application and the mail server if needed.

        The answer has what to type into forms. hint: a word of the address.
        """
        name, person = desk.new_person(hint)
        made = person.identity
        return {"person": name, "address": person.inbox.address, "name": made.name, "password": made.password}

    def wait_for_mail(
        person: str, subject: str | None = None, sender: str | None = None, timeout_ms: int = 30_000
    ) -> dict[str, str]:
        """The first mail to the person that fits, or one of six verdicts that says why there is none."""
        return described(desk.wait_for_mail(person, subject=subject, sender=sender, timeout=timeout_ms))

    def list_mails(person: str) -> list[dict[str, str]]:
        """All mails that the person has received, oldest first."""
        return [described(name) for name in desk.list_mails(person)]

    def described(name: str) -> dict[str, str]:
        message = desk.mail(name)
        return {"mail": name, "subject": desk.masked(message.subject), "sender": message.sender}

    def mail_text(mail: str) -> str:
        """The words of the mail; tokens and codes are masked."""
        message = desk.mail(mail)
        return desk.masked(message.text or "(it has no text part; mail_picture shows it)")

    def mail_picture(mail: str) -> Image:
        """The mail as a mail client shows it. Codes in it can be read."""
        return Image(data=screen.mail(desk.mail(mail)), format="png")

    def mail_link(mail: str, text: str | None = None, path: str | None = None) -> dict[str, str]:
        """The one link of the mail that fits, or a refusal that names every candidate. text: words of the link."""
        link = desk.mail(mail).link(text=text, path=path)
        return {"url": link.url, "text": link.text}

    def mail_code(mail: str, length: int | None = None, label: str | None = None) -> str:
        """The one code of the mail that fits, or a refusal that names every candidate."""
        return desk.mail(mail).code(length=length, label=label)

    def explain(mail: str) -> str:
        """Which link and code the mail gives and why each other candidate was rejected; says which keywords help."""
        return desk.explain(mail)

    def totp(person: str, secret: str = "") -> str:
        """The next code of the person's authenticator; secret: what the application shows, once, to enrol it."""
        authenticator = desk.person(person).authenticator
        if secret:
            authenticator.enrol(secret)
        return authenticator.code()

    def open_page(url: str) -> list[Any]:
        """A page of the application in a fresh browser: its roles and names, as locators find them, and a picture.

        url: a path such as /signup, or a mailed link. Only the project's own hosts can be opened.
        """
        seen = screen.page(desk.project, desk.allowed(url))
        words = desk.masked(f"{seen.title}\n{seen.url}\n\n{seen.outline}")
        return [words, Image(data=seen.picture, format="png")]

    def read_file(path: str) -> str:
        """A file of the suite, or what is in one of its folders: e2e, flows, pages."""
        return desk.read_file(path)

    def write_file(path: str, text: str) -> str:
        """Write a file of the suite. Refused, by rule and line, where the tests would say less than before."""
        return desk.write_file(path, text)

    def run_tests(selection: list[str] | None = None) -> str:
        """Run tests, all of e2e/ if none are named, and show what pytest said. People of before are gone then.

        selection: files, folders or tests, such as e2e/test_sign_up.py::test_the_mailed_link_confirms_the_address.
        """
        return desk.run_tests(selection or [])

    def evidence(test: str) -> list[Any]:
        """Of a test that failed in the last run: why, its journey and traceback, pictures of its page and of its mail.

        test: its name, or a part of it.
        """
        failed = [found for found in desk.results().tests if test in found.name and (found.failed or found.headline)]
        if not failed:
            raise InboxwrightError(f"no test with {test!r} in its name failed in the last run")
        found = failed[0]
        pictures = [*found.pictures("page"), *found.pictures("mail")]
        words = f"{found.name}: {found.cause}\n{found.headline}\n\n{found.details}"
        return [words, *(Image(path=path) for path in pictures[:4])]

    return [
        init_suite, new_person, wait_for_mail, list_mails, mail_text, mail_picture, mail_link, mail_code, explain, totp,
        open_page, read_file, write_file, run_tests, evidence,
    ]  # fmt: skip
