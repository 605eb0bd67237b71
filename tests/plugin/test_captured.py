"""What a test prints, logs and raises is masked in every report, whether it passes or fails."""

import json
import sys
import zipfile
from pathlib import Path

import pytest

from inboxwright.processes import free_port
from tests.plugin.inner import HELPERS, Ran, run

CODE, TOKEN = "482913", "Zm9vYmFyYmF6cXV4Zm9vYmFy"
SUITE = f"""
    import logging, sys
    import pytest

    @pytest.fixture
    def told(new_inbox, identity, send):
        inbox = new_inbox()
        with inbox.expect_message() as mail:
            send(inbox.address, text=f"https://app.test/confirm/{TOKEN} and your code is {CODE}.")
        print("printed", mail.value.text)
        sys.stderr.write(f"written {{identity.password}}\\n")
        logging.getLogger("app").warning("logged %s", mail.value.text)
        with open("passwords", "a") as file:
            file.write(identity.password + "\\n")
        return mail.value.text + identity.password

    @pytest.fixture
    def broken(told):
        raise RuntimeError(f"the fixture broke: {{told}}")

    def test_passes(told):
        pass

    def test_fails(told):
        raise RuntimeError(f"the test broke: {{told}}")

    def test_set_up(broken):
        pass
"""
REPORTS = ("--html=report.html", "--junitxml=junit.xml", "-o", "junit_logging=all", "--alluredir=allure")


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Ran:
    """One run with every report."""
    config = {"reporter": [["html", {"outputFolder": "page"}]]}
    return run(tmp_path_factory.mktemp("captured"), SUITE, "-rP", *REPORTS, config=config)


def _readable(ran: Ran) -> dict[str, list[str]]:
    """Each secret with the files that it can be read in."""
    secrets = [CODE, TOKEN, *(ran.root / "passwords").read_text().split()]
    own = {"passwords", "test_inner.py"}
    files = [path for path in ran.root.rglob("*") if path.is_file() and path.name not in own and path.suffix != ".pyc"]
    said = {path.name: path.read_bytes().decode(errors="replace") for path in files} | {"terminal": ran.out}
    return {secret: [name for name, text in said.items() if secret in text] for secret in secrets}


def test_no_report_has_a_secret_in_it(ran: Ran) -> None:
    assert "1 failed, 1 passed, 1 error" in ran.out
    assert len(_readable(ran)) == 5
    assert {name for names in _readable(ran).values() for name in names} == set()


def test_the_rest_of_what_was_said_is_there(ran: Ran) -> None:
    for text in ("printed https://app.test/confirm/**** and your code is ****.", "written ****", "the fixture broke: "):
        assert text in ran.out
        assert text in (ran.root / "junit.xml").read_text()


def test_allure_has_the_verdict_first_and_the_traceback_short(ran: Ran) -> None:
    results = [json.loads(path.read_text()) for path in (ran.root / "allure").glob("*-result.json")]
    details = {result["name"]: result.get("statusDetails", {}) for result in results}

    assert details["test_passes"] == {}
    assert details["test_fails"]["message"].startswith("RuntimeError: the test broke: https://app.test/confirm/****")
    assert details["test_set_up"]["message"].startswith("RuntimeError: the fixture broke: ")
    assert "site-packages" not in details["test_fails"]["trace"]
    assert len(details["test_fails"]["trace"].splitlines()) < 10


def test_the_applications_log_has_no_token_and_no_credential(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KEY", "hunter2-hunter2")
    tests = """
        import httpx, os

        def test_asks(provider, base_url):
            httpx.get(f"{base_url}/confirm/Zm9vYmFyYmF6cXV4Zm9vYmFyMTIz/?key=" + os.environ["KEY"], trust_env=False)
    """
    server = {"command": f"{sys.executable} -m http.server --bind 127.0.0.1 ${{PORT}}", "url": "http://127.0.0.1:0/"}
    use = {"baseURL": "http://127.0.0.1:0", "extraHTTPHeaders": {"X-Api-Key": "${KEY}"}}

    ran = run(tmp_path, tests, config={"webServer": server, "use": use})

    assert ran.code == 0, ran.out
    log = (ran.results / "webserver-0.log").read_text()
    assert "GET /confirm/****/?key=**** HTTP/1.1" in log
    assert not list(ran.results.glob("*.masked"))


def test_all_of_it_can_be_read_if_that_is_asked_for(tmp_path: Path) -> None:
    ran = run(tmp_path, SUITE, *REPORTS, "--keep-secrets")

    readable = _readable(ran)
    assert {"terminal", "junit.xml"} <= set(readable[CODE]) & set(readable[TOKEN])


def test_evidence_that_cannot_be_written_shows_no_secret_and_hides_nothing(tmp_path: Path) -> None:
    tests = """
        import pathlib

        def test_no_room(new_inbox, send, output_path):
            pathlib.Path(output_path).parent.mkdir(exist_ok=True)
            pathlib.Path(output_path).write_text("in the way")
            inbox = new_inbox()
            with inbox.expect_message() as mail:
                send(inbox.address, text="Your code is 482913.")
            raise RuntimeError(f"it broke: {mail.value.text}")
    """
    ran = run(tmp_path, tests, "--junitxml=junit.xml")

    assert "RuntimeError: it broke: Your code is ****." in ran.out
    assert "the rest could not be written" in ran.out
    assert 'inboxwright_verdict" value="RuntimeError: it broke' in (tmp_path / "junit.xml").read_text()


def test_a_mail_that_nobody_claimed_is_told_of_without_its_code(tmp_path: Path) -> None:
    tests = """
        def test_unclaimed(new_inbox, send):
            inbox = new_inbox()
            send(inbox.address, subject="Your code is 482913")
            inbox.messages()
    """
    ran = run(tmp_path, tests)

    assert "that no expectation claimed: 'Your code is ••••••'" in ran.out
    assert "482913" not in ran.out


def test_a_password_or_token_in_a_url_is_in_nothing_that_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORD", "hunter2-hunter2")
    tests = """
        def test_asks(page, base_url):
            page.goto(base_url, timeout=2000)
    """
    url = f"http://u:${{WORD}}@127.0.0.1:{free_port()}/"
    config = {"use": {"baseURL": url}, "reporter": [["html", {"outputFolder": "page"}]]}

    ran = run(tmp_path, tests, *REPORTS, config=config)

    texts = {path.name: _text(path) for path in tmp_path.rglob("*") if path.is_file()} | {"terminal": ran.out}
    assert "trace.zip" in texts
    assert "inboxwright: project default, http://u:****@127.0.0.1" in ran.out
    assert [name for name, text in texts.items() if "hunter2" in text] == []


def _text(path: Path) -> str:
    if path.suffix != ".zip":
        return path.read_bytes().decode(errors="replace")
    with zipfile.ZipFile(path) as archive:
        return "".join(archive.read(name).decode(errors="replace") for name in archive.namelist())


ELSEWHERE = """
    import os
    import pytest
    from tests_of_secrets import CODE, KEY

    @pytest.fixture
    def code(new_inbox, send):
        inbox = new_inbox()
        with inbox.expect_message() as mail:
            send(inbox.address, text=f"Your code is {CODE}.")
        return mail.value.code()

    @pytest.mark.xfail
    def test_fails_as_expected(code):
        raise RuntimeError(f"expected: {code}")

    def test_notes_its_code(code, record_property):
        record_property("code", code)
        record_property("codes", [code, 3])

    def test_without_mail():
        raise RuntimeError("refused: " + os.environ["WORD"])

    def test_second_factor(user):
        fours = " ".join(KEY[at : at + 4] for at in range(0, len(KEY), 4))
        page = f"<h1>Gr\\u00fc\\u00dfe</h1><code>{fours.lower()}</code><a href='otpauth://totp/x?secret={KEY}'>app</a>"
        user.page.route("http://app.test/", lambda route: route.fulfill(
            body=page.encode("latin-1"), content_type="text/html; charset=latin-1"))
        user.page.goto("http://app.test/")
        user.authenticator.enrol(user.page.locator("code").inner_text())
        user.page.locator("code").evaluate("(element, key) => (element.title = key)", KEY)
        raise RuntimeError("with " + KEY)
"""
UNCOLLECTED = 'import os\nraise RuntimeError("at import: " + os.environ["WORD"])\n'


def test_what_is_told_besides_the_failure_has_no_secret_in_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORD", "hunter2-hunter2")
    key = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    config = {"use": {"trace": "retain-on-failure", "extraHTTPHeaders": {"X-Api-Key": "${WORD}"}}}
    more = {"tests_of_secrets.py": f"CODE, KEY = {CODE!r}, {key!r}\n", "test_uncollected.py": UNCOLLECTED}

    options = ("-rA", "-o", "junit_family=xunit1", "--continue-on-collection-errors", *REPORTS)

    ran = run(tmp_path, ELSEWHERE, *options, config=config, more=more)

    assert "2 failed, 1 passed, 1 xfailed, 1 error" in ran.out, ran.out
    own = {"tests_of_secrets.py", "test_inner.py", "test_uncollected.py"}
    files = [path for path in tmp_path.rglob("*") if path.is_file() and path.name not in own and path.suffix != ".pyc"]
    texts = {path.name: _text(path) for path in files} | {"terminal": ran.out}
    fours = " ".join(key[at : at + 4] for at in range(0, len(key), 4))
    for secret in (CODE, "hunter2", key, fours.lower()):
        assert [name for name, text in texts.items() if secret in text] == [], secret
    assert '<property name="code" value="****"' in texts["junit.xml"]
    assert "expected: ****" in texts["report.html"]
    assert "Gr" in texts["trace.zip"]


def test_a_trace_that_cannot_be_masked_is_withheld(tmp_path: Path) -> None:
    breaks = """
import pathlib

@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown(item):
    yield
    for trace in pathlib.Path("test-results").rglob("trace.zip"):
        trace.write_bytes(b"PK with the code 482913 in it")
"""
    tests = """
        def test_fails(page):
            assert False
    """
    config = {"use": {"trace": "retain-on-failure"}}

    ran = run(tmp_path, tests, config=config, more={"conftest.py": f"{HELPERS}{breaks}"})

    assert not list(tmp_path.rglob("trace*"))
    assert "trace.zip is withheld, as it could not be masked: BadZipFile" in ran.out
