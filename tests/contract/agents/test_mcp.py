"""The official client finds every tool, and gets from an empty folder to a green test by nothing else."""

import json
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import anyio
import pytest
from mcp import Client, StdioServerParameters

from inboxwright.processes import free_port

pytestmark = pytest.mark.timeout(600)

FLOW = '''
"""Sign up as an agent found it."""

from inboxwright import User
from pages.check_mail import CheckMailPage
from pages.sign_up import SignUpPage


def agent_signs_up(user: User) -> None:
    """Register the user and confirm the address through the mailed link."""
    form = SignUpPage(user.page)
    form.open()
    with user.inbox.expect_message(subject="Confirm your email") as mail:
        form.register(email=user.inbox.address, password=user.identity.password)
        CheckMailPage(user.page).heading.wait_for()
    user.open(mail.value.link(text="Confirm my account"))
'''
TEST = '''
"""What an agent wants to hold."""

from playwright.sync_api import expect

from flows.agent_signs_up import agent_signs_up
from inboxwright import User
from pages.dashboard import DashboardPage


def test_the_mailed_link_confirms_the_address(user: User) -> None:
    agent_signs_up(user)

    expect(DashboardPage(user.page).signed_in_as).to_have_text(user.inbox.address)
'''
NAME = "e2e/test_agent.py"


@asynccontextmanager
async def _session(folder: Path) -> AsyncIterator[Client]:
    command = ["-c", "from inboxwright.cli import main; main()", "mcp", str(folder)]
    environ = {**os.environ, "PYTEST_ADDOPTS": "-p no:playwright-asyncio"}  # both are installed here
    async with Client(StdioServerParameters(command=sys.executable, args=command, env=environ)) as client:
        yield client


async def _call(client: Client, tool: str, **arguments: Any) -> str:
    """The words of a tool's answer, which must be none of a refusal."""
    answer = await client.call_tool(tool, arguments)
    text = _words(answer)
    assert not answer.is_error, text
    return text


async def _refused(client: Client, tool: str, **arguments: Any) -> str:
    answer = await client.call_tool(tool, arguments)
    assert answer.is_error
    return _words(answer)


def _words(answer: Any) -> str:
    return "\n".join(part.text for part in answer.content if part.type == "text")


def _pictures(answer: Any) -> int:
    return sum(part.type == "image" for part in answer.content)


def test_every_tool_says_what_it_is_for(tmp_path: Path) -> None:
    async def session() -> dict[str, str]:
        async with _session(tmp_path) as client:
            return {tool.name: tool.description or "" for tool in (await client.list_tools()).tools}

    tools = anyio.run(session)

    assert {"new_person", "wait_for_mail", "mail_link", "mail_code", "explain", "totp", "run_tests", "evidence"} <= set(
        tools
    )
    assert all(len(description) > 40 for description in tools.values()), tools


def test_from_an_empty_folder_to_a_green_test_by_the_tools_alone(tmp_path: Path) -> None:
    async def session() -> None:
        async with _session(tmp_path) as client:
            await _call(client, "init_suite", demo=True)
            page = await client.call_tool("open_page", {"url": "/accounts/signup/"})
            assert "textbox" in _words(page), _words(page)
            assert _pictures(page) == 1
            await _call(client, "write_file", path="flows/agent_signs_up.py", text=FLOW)
            await _call(client, "write_file", path=NAME, text=TEST)
            assert "1 passed" in await _call(client, "run_tests", selection=[NAME])

            looser = TEST.replace("to_have_text", "to_contain_text")
            assert "matcher: " in await _refused(client, "write_file", path=NAME, text=looser)

            stricter = FLOW.replace("Confirm your email", "Confirm your e-mail")
            await _call(
                client,
                "write_file",
                path="flows/agent_signs_up.py",
                text=stricter.replace('e-mail")', 'e-mail", timeout=500)'),
            )
            assert "1 failed" in await _call(client, "run_tests", selection=[NAME])
            shown = await client.call_tool("evidence", {"test": "test_the_mailed_link"})
            assert "it arrived and was filtered out" in _words(shown)
            assert _pictures(shown) >= 2

    anyio.run(session)

    assert (tmp_path / NAME).read_text() == TEST


SEND = """
import smtplib, sys
from email.message import EmailMessage

mail = EmailMessage()
mail["From"], mail["To"], mail["Subject"] = "app@orchard.test", sys.argv[2], "Your sign-in"
mail.set_content("Your code is 481516. Or: http://127.0.0.1:9/confirm/Zm9vYmFyLXRva2VuLTEyMzQ1Njc4OTA")
with smtplib.SMTP("127.0.0.1", int(sys.argv[1])) as smtp:
    smtp.send_message(mail)
"""


def test_a_person_gets_mail_with_its_link_its_code_its_explanation_and_its_verdict(tmp_path: Path) -> None:
    port = free_port()
    config = {"use": {"baseURL": "http://127.0.0.1:9"}, "inbox": {"smtp": f"127.0.0.1:{port}"}}
    (tmp_path / "playwright.config.json").write_text(json.dumps(config))

    async def session() -> None:
        async with _session(tmp_path) as client:
            made = json.loads(await _call(client, "new_person"))
            await anyio.run_process([sys.executable, "-c", SEND, str(port), made["address"]])
            mail = json.loads(await _call(client, "wait_for_mail", person="person-1", subject="Your sign-in"))["mail"]
            assert "481516" in await _call(client, "mail_code", mail=mail)
            assert "Zm9vYmFyLXRva2VuLTEyMzQ1Njc4OTA" in await _call(client, "mail_link", mail=mail)
            for tool in ("mail_text", "explain"):
                said = await _call(client, tool, mail=mail)
                assert "481516" not in said
                assert "Zm9vYmFyLXRva2VuLTEyMzQ1Njc4OTA" not in said
            assert _pictures(await client.call_tool("mail_picture", {"mail": mail})) == 1
            assert len((await _call(client, "totp", person="person-1", secret="JBSWY3DPEHPK3PXP")).strip()) == 6
            nothing = await _refused(client, "wait_for_mail", person="person-1", subject="Other", timeout_ms=300)
            assert "it arrived and was filtered out" in nothing
            assert "evil.test is not a host of the project" in await _refused(
                client, "open_page", url="http://evil.test/"
            )

    anyio.run(session)


@pytest.mark.parametrize("path", ["../outside.py", "/etc/passwd", "app.py", ".github/workflows/x.yml"])
def test_only_the_suites_own_files_are_read_and_written(tmp_path: Path, path: str) -> None:
    async def session() -> tuple[str, str]:
        async with _session(tmp_path) as client:
            return await _refused(client, "read_file", path=path), await _refused(
                client, "write_file", path=path, text=""
            )

    assert all("outside of" in said or "none of the suite's files" in said for said in anyio.run(session))
