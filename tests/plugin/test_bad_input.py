"""Each kind of bad input: an error that names the thing and the remedy, and nothing left running."""

import json
import re
import socket
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from inboxwright.processes import free_port
from tests.plugin.inner import Ran, run

NEVER = """
    def test_is_never_reached(page):
        open("reached", "w").close()
"""
APP = """
import http.server, sys

class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(int(sys.argv[2]))
        self.end_headers()
        self.wfile.write(b"<h1>Hello</h1>")

print("app: settings read")
http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
"""
Inner = Callable[..., Ran]
USAGE_ERROR = pytest.ExitCode.USAGE_ERROR


def processes_with(mark: str) -> list[str]:
    """Every process that has this in its environment: all that a run started, whatever it did since."""
    listed = subprocess.run(["ps", "axeww", "-o", "command="], capture_output=True, text=True, check=True)
    return [line[:150] for line in listed.stdout.splitlines() if mark in line]


@pytest.fixture
def inner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Inner]:
    """Runs a suite in its own process; when the test is over, nothing of that run may be left."""
    mark = f"BAD_INPUT={tmp_path}"
    monkeypatch.setenv(*mark.split("="))

    def go(tests: str = NEVER, *args: str, config: object = None, **files: str) -> Ran:
        more = {name.replace("_", "."): text for name, text in files.items()}
        ran = run(tmp_path, tests, *args, more={"playwright.config.json": json.dumps(config or {}), **more})
        assert not (tmp_path / "reached").exists(), "a test ran all the same"
        return ran

    yield go
    monkeypatch.undo()
    assert processes_with(mark) == []


def web_server(port: int, command: str, **more: object) -> dict[str, object]:
    return {
        "use": {"baseURL": f"http://127.0.0.1:{port}"},
        "webServer": {"command": command, "url": f"http://127.0.0.1:{port}/healthz", **more},
    }


def only_error(ran: Ran) -> str:
    """The one line of a run that did not begin."""
    lines = [line for line in ran.out.splitlines() if line.strip()]
    assert ran.code == USAGE_ERROR, ran.out
    assert "Traceback" not in ran.out
    return next(line for line in lines if line.startswith("ERROR: ")).removeprefix("ERROR: ")


def line_of(ran: Ran, test: str) -> str:
    """The error that the report of a failed test shows."""
    report = re.split(rf"^_+ {test}\b.*$", ran.out, flags=re.MULTILINE)[1]
    report = re.split(r"^_+ test|^=+ ", report, flags=re.MULTILINE)[0]
    return "\n".join(line[1:].strip().removeprefix("- ") for line in report.splitlines() if line.startswith("E "))


def test_a_run_leaves_nothing_behind_and_its_processes_can_be_seen(inner: Inner, tmp_path: Path) -> None:
    """The other tests here prove nothing unless this one can see the application, the inbox server and the browser."""
    seen = """
        import subprocess
        def test_all_is_up(user):
            user.page.goto("/")
            listed = subprocess.run(["ps", "axeww", "-o", "command="], capture_output=True, text=True).stdout
            ours = [line for line in listed.splitlines() if "BAD_INPUT=" in line]
            for part in ("app.py", "inboxwright.server", "playwright", "headless"):
                assert any(part in line for line in ours), part
    """

    ran = inner(seen, config=web_server(0, "python app.py ${PORT} 200"), app_py=APP)

    assert ran.code == 0, ran.out


def test_no_browser(inner: Inner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "bin").mkdir()
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path / "none"))

    ran = inner()

    assert ran.code == USAGE_ERROR
    assert "no browser: chromium is not installed; run `playwright install chromium`, or install your" in ran.out
    assert "Traceback" not in ran.out


def test_port_taken(inner: Inner) -> None:
    port = free_port()
    with socket.create_server(("127.0.0.1", port)):
        line = only_error(inner(config=web_server(port, "python app.py")))

    assert f"port {port} is taken: something listens on 127.0.0.1:{port} already. Stop it, choose another" in line


def test_the_application_does_not_start(inner: Inner) -> None:
    ran = inner(config=web_server(0, "echo SECRET_KEY is missing >&2; exit 3"))

    assert "'echo SECRET_KEY is missing >&2; exit 3' exited with code 3" in only_error(ran)
    assert "Its last output:\nSECRET_KEY is missing" in ran.out


def test_the_application_cannot_be_found(inner: Inner) -> None:
    ran = inner(config=web_server(0, "no-such-program --serve"))

    assert "exited with code 127" in only_error(ran)
    assert "no-such-program" in ran.out.split("Its last output:")[1]


def test_the_application_answers_500(inner: Inner) -> None:
    ran = inner(config=web_server(0, "python app.py ${PORT} 500", timeout=6000), app_py=APP)

    line = only_error(ran)
    assert "was not ready within 6000 ms: http://127.0.0.1:" in line
    assert 'answered 500, and ready means that it answers 2xx. Look at its output, or raise webServer "timeout"' in line
    assert "Its last output:\napp: settings read" in ran.out


def test_an_unknown_key(inner: Inner) -> None:
    line = only_error(inner(config={"use": {"baseUrl": "http://127.0.0.1:8000"}}))

    assert "playwright.config.json" in line
    assert "use.baseUrl" in line
    assert '"baseURL"' in line


def test_not_json(inner: Inner) -> None:
    line = only_error(inner(playwright_config_json='{"testDir": "e2e",}'))

    assert line.startswith("playwright.config.json:1")
    assert "JSON" in line


def test_no_base_url(inner: Inner) -> None:
    ran = inner("def test_sign_up(user):\n    user.open('/signup')\n")

    assert ran.code == pytest.ExitCode.TESTS_FAILED
    assert "use.baseURL: is missing" in ran.out
    assert "set it in the file, with --base-url or in INBOXWRIGHT_USE_BASE_URL" in ran.out


def test_a_base_url_whose_host_is_not_allowed(inner: Inner) -> None:
    config = {"use": {"baseURL": "https://www.example.com"}, "allowedHosts": ["staging.example.com"]}

    line = only_error(inner(config=config))

    assert "www.example.com" in line
    assert "allowedHosts" in line


MAIL_TESTS = ("without_a_link", "with_two_links", "from_a_stranger", "nothing_comes")
MAILS = """
    def test_without_a_link(inbox, send):
        send(inbox.address, text="Welcome!")
        inbox.wait_for_message().link()

    def test_with_two_links(inbox, send):
        link = "<p><a href='http://127.0.0.1:8000/confirm/{}'>Go on</a></p>"
        send(inbox.address, html=link.format("a8Kd72hdLm") + link.format("b3Jf91kqXw"))
        inbox.wait_for_message().link()

    def test_from_a_stranger(inbox, send):
        send(inbox.address, sender="mallory@elsewhere.example")
        inbox.wait_for_message(timeout=300)

    def test_nothing_comes(inbox):
        with inbox.expect_message(timeout=300):
            pass
"""


def test_mails_that_do_not_fit(inner: Inner) -> None:
    config = {"use": {"baseURL": "http://127.0.0.1:8000"}, "inbox": {"allowedSenders": ["app@app.test"]}}

    ran = inner(MAILS, config=config)

    assert ran.code == pytest.ExitCode.TESTS_FAILED
    assert "4 failed" in ran.out
    without, two, stranger, nothing = (line_of(ran, f"test_{name}") for name in MAIL_TESTS)
    assert without.startswith("link(hosts=127.0.0.1:8000): no link asks for an action (mail 'Confirm your email' from")
    assert two.startswith("link(hosts=127.0.0.1:8000): 2 links of the HTML body could each be it")
    assert "http://127.0.0.1:8000/confirm/••••" in two
    assert "b3Jf91kqXw" not in two
    assert stranger.startswith("it arrived and was filtered out: no mail to from-a-stranger-")
    assert "its sender 'mallory@elsewhere.example' is not in allowedSenders\nNext: add the sender" in stranger
    assert nothing.startswith("nothing arrived: no mail to nothing-comes-")
    assert "within 300 ms\nno client connected to the mail server" in nothing
