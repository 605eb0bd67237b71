"""`inboxwright record` as a whole: started, driven by the robot, written, checked; and imports of codegen's output."""

import asyncio
import os
import re
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from inboxwright import Identity, connect
from inboxwright.browser import find_browser
from inboxwright.cli import main
from inboxwright.cli.record import Order, run
from inboxwright.record import BrowserSettings, Session, Settings, WouldOverwrite, run_codegen
from tests.contract.record import journeys
from tests.contract.record.robot import Robot
from tests.contract.record.studio import Studio, in_thread


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """An empty project for the demo."""
    Studio(root=tmp_path, command="python -m demo", env={"DEMO_RATE_LIMITS": "off"}).lay()
    return tmp_path


def order(project: Path, **more: object) -> Order:
    """The command's arguments."""
    given: dict[str, object] = {
        "name": None, "url": "/accounts/signup/", "project_name": None,
        "config_file": project / "playwright.config.json",
        "base_url": None, "after": "", "check": True, "source": None, "engine": "inboxwright", "headless": True,
        "force": False, "seed": None,
    }  # fmt: skip
    return Order(**{**given, **more})  # type: ignore[arg-type]  # one value for each field


async def drive(session: Session) -> None:
    await journeys.sign_up(Robot(session))


def test_a_sign_up_is_written_and_checked_in_less_than_ten_seconds(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    in_thread(lambda: run(order(project, name="sign_up"), drive))

    said = capsys.readouterr().out
    assert "The new test passes" in said
    seconds = float(re.findall(r"([\d.]+) s after Finish", said)[0])
    busy = max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))  # others may be using this machine
    assert seconds < 10 * busy, said
    assert (project / ".inboxwright" / ".gitignore").read_text(encoding="utf-8") == "*\n"


def test_a_name_that_is_taken_is_refused_before_anything_starts(project: Path) -> None:
    (project / "flows" / "sign_up.py").write_text("# mine\n", encoding="utf-8")
    began = time.monotonic()

    with pytest.raises(WouldOverwrite, match=r"flows/sign_up\.py"):
        run(order(project, name="sign_up"), drive)

    assert time.monotonic() - began < 2


CODEGEN = """\
import re
from playwright.sync_api import Page, expect


def test_example(page: Page) -> None:
    page.goto("http://127.0.0.1:8000/accounts/signup/")
    page.get_by_role("textbox", name="Email").click()
    page.get_by_role("textbox", name="Email").fill("somebody@example.com")
    page.get_by_role("textbox", name="Password").click()
    page.get_by_role("textbox", name="Password").fill("typed-in-clear-9")
    page.get_by_role("button", name="Create account").click()
    expect(page.get_by_test_id("signed-in-as")).to_contain_text("somebody@example.com")
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("link", name="Mail me a sign-in code").click()
    page.get_by_role("textbox", name="Email").fill("somebody@example.com")
    page.get_by_role("button", name="Send code").click()
    page.get_by_role("textbox", name="Code").fill("KXPT-MWQZ")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_test_id("signed-in-as")).to_be_visible()
"""


def test_what_codegen_wrote_is_imported_with_the_mailed_link_that_it_lost(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = project / "test_recorded.py"
    source.write_text(CODEGEN, encoding="utf-8")

    in_thread(lambda: run(order(project, name="by_code", source=source, url=None)))

    said = capsys.readouterr().out
    assert "Inserted: the mailed link in “Confirm your email” is opened" in said
    assert "Replaced: the typed code is taken from “Your sign-in code”" in said
    assert "The new test passes" in said, said
    flow = (project / "flows" / "by_code.py").read_text(encoding="utf-8")
    assert "user.open(mail.value.link())" in flow
    assert ".value.code()" in flow
    assert 'user.open("/")' not in flow, "it begins where the file does"
    written = "".join(path.read_text(encoding="utf-8") for path in project.glob("[pfe]*/*.py"))
    assert not re.search("somebody@|typed-in-clear|KXPT", written)


def test_what_is_not_codegens_is_refused_before_anything_starts(project: Path) -> None:
    source = project / "odd.py"
    source.write_text("def test_x(page):\n    page.evaluate('1')\n", encoding="utf-8")
    arguments = ["record", "odd", "--from", str(source), "--playwright-config", str(project / "playwright.config.json")]

    result = CliRunner().invoke(main, arguments)

    assert result.exit_code == 1
    assert "page.evaluate('1') is not something that codegen writes" in result.output


def test_a_timeline_gives_the_same_files_again(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    in_thread(lambda: run(order(project, name="sign_up", check=False), drive))
    first = {path: path.read_bytes() for path in project.glob("[pfe]*/*.py")}
    for path in first:
        path.unlink()

    run(order(project, name="sign_up", check=False, source=project / ".inboxwright" / "recordings" / "sign_up.json"))

    assert {path: path.read_bytes() for path in project.glob("[pfe]*/*.py")} == first
    assert "recorded as" in capsys.readouterr().out


def test_codegen_itself_runs_beside_the_panel_and_ends_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    opened = Session.open_panel_only

    async def close_soon(session: Session) -> None:
        await opened(session)
        asyncio.get_running_loop().call_later(5, session.finished.set)

    monkeypatch.setattr(Session, "open_panel_only", close_soon)
    found = find_browser()
    browser = BrowserSettings(headless=True, launch={"executable_path": str(found)} if found else {})
    settings = Settings(name="x", base_url="data:text/html,<button>Hi</button>", start="", headless=True)

    with connect() as provider:
        written = in_thread(lambda: run_codegen(settings, browser, provider, Identity.generate("x"), say=str))

    assert "def test_example(page: Page)" in written.read_text(encoding="utf-8")
