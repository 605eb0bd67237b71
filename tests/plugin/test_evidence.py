"""A failed test explains itself: on disk, in the trace, and in every report."""

import json
import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from inboxwright import Message
from tests.plugin.inner import Ran, run

TOKEN = "8Xh2kQ9vLm3RtY7wPz5c"
SUITE = f"""
    import os
    import pytest

    CODE, TOKEN = "319284"[::-1], "{TOKEN[::-1]}"[::-1]  # not in the source that a trace holds

    @pytest.fixture
    def broken(user, send):
        send(user.inbox.address, subject="From the set-up")
        user.page.goto("data:text/html,<h1>Set-up</h1>")
        raise RuntimeError("the fixture broke")

    def test_filtered(user, send):
        user.page.goto("data:text/html,<h1>Check your mail</h1><input type=password>")
        user.page.locator("input").fill(user.identity.password)
        open("password", "w").write(user.identity.password)
        with user.inbox.expect_message(subject="Something else", timeout=300):
            send(user.inbox.address, text=f"Your code is {{CODE}}.",
                 html=f"<p>Your code is <b>{{CODE}}</b></p><a href='https://app.test/confirm/{{TOKEN}}'>Confirm</a>"
                      "<img src='https://tracker.test/pixel'><script>document.title = 'ran'</script>")

    def test_set_up(broken):
        pass

    def test_assertion(page, inbox):
        page.goto("data:text/html,<h1>Hello</h1>")
        assert page.title() == "Bye"

    def test_closed(user, send):
        send(user.inbox.address, subject="Before the end")
        user.inbox.wait_for_message()
        user.context.close()
        raise ValueError("after the context was closed")

    def test_without_browser(new_inbox):
        with new_inbox().expect_message(timeout=100):
            pass

    def test_passes(user):
        user.page.goto("data:text/html,<h1>Fine</h1>")

    def test_crash(user):
        if "PYTEST_XDIST_WORKER" in os.environ:
            os._exit(3)
"""
TRACE = {"use": {"trace": {"mode": "retain-on-failure"}, "screenshot": "only-on-failure"}}


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Ran:
    """One run under xdist that writes every report; its last test kills its worker."""
    root = tmp_path_factory.mktemp("evidence")
    reports = ["--html=report.html", "--junitxml=junit.xml", "-o", "junit_logging=system-out", "--alluredir=allure"]
    return run(root, SUITE, "-n", "2", *reports, config=TRACE)


def test_the_verdict_comes_first_and_the_traceback_has_only_own_frames(ran: Ran) -> None:
    text = ran.out[ran.out.index("_ test_filtered") :].split("_ test_")[1]

    lines = [line for line in text.splitlines()[1:] if line.strip()]
    assert "it arrived and was filtered out" in lines[1 if lines[0].startswith("[gw") else 0]
    assert not re.search(r"site-packages|src/inboxwright|concurrent", text)
    assert "test_inner.py" in text
    assert len(lines) < 25


def test_every_mail_is_saved_beside_playwrights_own_artifacts(ran: Ran) -> None:
    folder = ran.folder("test-filtered")

    names = {path.name for path in folder.iterdir()}
    assert {"mail-1.eml", "page-1.png", "mail-1.png", "evidence.png", "trace.zip", "test-failed-1.png"} <= names
    message = Message.parse((folder / "mail-1.eml").read_bytes())
    assert message.link(text="Confirm").url.startswith("https://app.test/confirm/")


def test_a_failure_in_the_set_up_has_its_evidence_too(ran: Ran) -> None:
    assert {"mail-1.eml", "page-1.png", "mail-1.png"} <= {path.name for path in ran.folder("test-set-up").iterdir()}
    assert "the fixture broke" in ran.out


def test_a_closed_context_does_not_hide_the_failure(ran: Ran) -> None:
    assert "after the context was closed" in ran.out
    assert (ran.folder("test-closed") / "mail-1.eml").exists()
    assert "evidence is incomplete" not in ran.out


def test_a_test_without_a_browser_tells_its_verdict(ran: Ran) -> None:
    assert "nothing arrived: no mail to without-browser" in ran.out


def test_what_was_left_before_a_worker_crashed_survives(ran: Ran) -> None:
    assert "crashed while running" in ran.out
    assert (ran.folder("test-filtered") / "trace.zip").exists()


def test_a_test_that_passes_leaves_nothing(ran: Ran) -> None:
    assert not [path for path in ran.results.iterdir() if "test-passes" in path.name]


def test_the_mail_is_a_page_in_the_trace(ran: Ran) -> None:
    trace = _texts(ran.folder("test-filtered") / "trace.zip")

    assert "evidence.inboxwright.invalid/mail-1" in trace
    assert "evidence.inboxwright.invalid/evidence" in trace
    assert "tracker.test" not in trace.partition('"frame-snapshot"')[0]


def test_no_token_code_or_password_is_left_in_any_file(ran: Ran) -> None:
    mails = [Message.parse(path.read_bytes()) for path in ran.root.rglob("*.eml")]
    said = "".join(path.read_text() for path in [*ran.root.glob("*.xml"), *ran.root.glob("*.html")]) + ran.out
    traces = "".join(_texts(path) for path in ran.root.rglob("*.zip"))
    everything = "".join(f"{mail.text}{mail.html}" for mail in mails) + said + traces

    assert "/confirm/" in everything
    assert TOKEN not in everything
    assert "482913" not in everything
    assert (ran.root / "password").read_text() not in everything


def test_the_secrets_are_kept_when_that_is_asked_for(tmp_path: Path) -> None:
    ran = run(tmp_path, SUITE, "-k", "filtered", "--keep-secrets", config=TRACE)

    assert TOKEN in Message.parse((ran.folder("test-filtered") / "mail-1.eml").read_bytes()).html
    assert (ran.root / "password").read_text() in _texts(ran.folder("test-filtered") / "trace.zip")


def test_pytest_html_shows_page_and_mail_side_by_side(ran: Ran) -> None:
    report = (ran.root / "report.html").read_text()

    pair = re.search(r"display:flex.{0,900}page-1\.png.{0,900}mail-1\.png", report, re.DOTALL)
    assert pair
    assert "class=&#34;timeline" in report or "class=\\&#34;timeline" in report


def test_junit_has_verdict_and_attachments(ran: Ran) -> None:
    cases = {case.get("name", ""): case for case in ET.parse(ran.root / "junit.xml").iter("testcase")}
    case = cases["test_filtered[chromium]"]

    properties = {entry.get("name"): entry.get("value") or "" for entry in case.iter("property")}
    assert properties["inboxwright_verdict"].startswith("it arrived and was filtered out")
    assert properties["inboxwright_mail"].endswith("mail-1.png")
    assert "[[ATTACHMENT|test-results/" in "".join(case.itertext())


def test_allure_has_the_pictures_and_the_mail(ran: Ran) -> None:
    results = [json.loads(path.read_text()) for path in (ran.root / "allure").glob("*-result.json")]
    result = next(result for result in results if result["name"].startswith("test_filtered"))

    names = {attachment["name"] for attachment in result["attachments"]}
    assert {"mail-1.eml", "mail-1.png", "page-1.png", "evidence.png"} <= names


def _texts(archive: Path) -> str:
    with zipfile.ZipFile(archive) as held:
        return "".join(held.read(name).decode(errors="replace") for name in held.namelist() if "." in name)
