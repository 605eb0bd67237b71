"""`inboxwright doctor` says in one line a check what it found, and its exit code is for scripts."""

import json
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest
from click.testing import Result

from inboxwright.config import FILE_NAME, Project
from inboxwright.errors import InboxwrightError
from inboxwright.processes import free_port
from tests.command_line import invoke

SERVER = {"command": f'"{sys.executable}" -m http.server --bind 127.0.0.1 ${{PORT}}', "url": "http://127.0.0.1:0/"}


@pytest.fixture(autouse=True)
def no_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    """Starting one is tested with the real one elsewhere."""

    def found(_: Project) -> str:
        return "chromium 1"

    monkeypatch.setattr("inboxwright.cli._doctor.check_browser", found)


def doctor(folder: Path, config: object, *arguments: str) -> Result:
    (folder / FILE_NAME).write_text(config if isinstance(config, str) else json.dumps(config))
    return invoke(["doctor", "--playwright-config", str(folder / FILE_NAME), *arguments])


def checks(result: Result) -> dict[str, str]:
    lines = [line for line in result.output.splitlines() if line.startswith(("ok ", "-- ", "FAIL "))]
    return {line[5:20].strip(): line[:5].strip() for line in lines}


def test_a_sound_project_passes_and_a_probe_mail_comes_back(tmp_path: Path) -> None:
    result = doctor(tmp_path, {"use": {"baseURL": "http://127.0.0.1:0"}, "webServer": SERVER})

    assert checks(result) == dict.fromkeys(
        ["configuration", "browser", "provider", "web server", "base URL", "mail"], "ok"
    )
    assert result.exit_code == 0
    assert "was back after" in result.output


def test_each_value_is_shown_with_where_it_came_from(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INBOXWRIGHT_INBOX_TIMEOUT", "777")
    result = doctor(tmp_path, '{\n"timeout": 5,\n"inbox": {"domain": "qa.test"}}')

    shown = [line.split() for line in result.output.splitlines()]
    assert ["timeout", "5", "playwright.config.json:2"] in shown
    assert ["inbox.domain", '"qa.test"', "playwright.config.json:3"] in shown
    assert ["inbox.timeout", "777", "environment", "INBOXWRIGHT_INBOX_TIMEOUT"] in shown
    assert ["retries", "0", "default"] in shown


def test_no_secret_is_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORD", "hunter2")
    config = {
        "use": {
            "baseURL": f"http://u:${{WORD}}@127.0.0.1:{free_port()}",
            "extraHTTPHeaders": {"Authorization": "Bearer ${WORD}"},
            "httpCredentials": {"username": "u", "password": "${WORD}"},
        },
        "inbox": {
            "provider": "mailpit",
            "url": f"http://u:${{WORD}}@127.0.0.1:{free_port()}",
            "username": "u",
            "password": "${WORD}",
        },
    }

    result = doctor(tmp_path, config)

    assert checks(result) | {"provider": "FAIL", "base URL": "FAIL"} == checks(result)
    assert "****" in result.output
    assert "hunter2" not in result.output


def test_a_wrong_configuration_is_the_only_line(tmp_path: Path) -> None:
    result = doctor(tmp_path, {"timout": 1})

    assert result.output == (
        'FAIL configuration  playwright.config.json:1: timout: is not a key here; did you mean "timeout"?\n'
    )
    assert result.exit_code == 1


def test_an_application_that_is_down_fails_with_the_remedy(tmp_path: Path) -> None:
    url = f"http://127.0.0.1:{free_port()}"
    result = doctor(tmp_path, {"use": {"baseURL": url}}, "--quiet")

    assert f"FAIL base URL       {url} does not answer: " in result.output
    assert "; start the application, or correct use.baseURL\n" in result.output
    assert result.output.endswith("\n1 of 6 checks failed: base URL\n")
    assert result.exit_code == 1


def test_an_application_that_answers_500_fails(tmp_path: Path) -> None:
    class Broken(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_error(500)

        def log_message(self, *_: object) -> None: ...

    with HTTPServer(("127.0.0.1", 0), Broken) as server:
        Thread(target=server.handle_request).start()
        url = f"http://127.0.0.1:{server.server_port}"
        result = doctor(tmp_path, {"use": {"baseURL": url}}, "--quiet")

    assert f"FAIL base URL       {url} answers 500; look at the application's log\n" in result.output


def test_a_missing_base_url_fails_by_name(tmp_path: Path) -> None:
    result = doctor(tmp_path, {}, "--quiet")

    assert 'FAIL base URL       playwright.config.json: use.baseURL: is missing for project "default"' in result.output


def test_a_web_server_that_does_not_start_fails_with_its_output(tmp_path: Path) -> None:
    server = {"command": "echo no such luck; exit 3", "port": free_port()}
    result = doctor(tmp_path, {"webServer": server, "use": {"baseURL": "http://127.0.0.1:1"}}, "--quiet")

    assert checks(result)["web server"] == "FAIL"
    assert "no such luck" in result.output
    assert "base URL" not in checks(result)
    assert result.exit_code == 1


def test_an_smtp_address_where_nobody_listens_fails_the_probe(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    port = free_port()
    monkeypatch.setattr("inboxwright.cli._doctor.smtp_of", lambda *_: ("127.0.0.1", port))
    result = doctor(tmp_path, {}, "--quiet")

    assert f"FAIL mail           127.0.0.1:{port} did not take the probe: " in result.output


def test_a_mail_system_that_is_itself_a_web_server_is_started_before_it_is_asked(tmp_path: Path) -> None:
    port = free_port()
    server = {"command": f'"{sys.executable}" -m http.server --bind 127.0.0.1 {port}', "port": port}
    mail = {"provider": "mailpit", "url": f"http://127.0.0.1:{port}"}
    result = doctor(tmp_path, {"webServer": server, "inbox": mail}, "--quiet")

    assert list(checks(result)).index("web server") < list(checks(result)).index("provider")
    assert "does not answer" not in result.output


def test_without_an_smtp_address_the_probe_is_left_out_and_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("inboxwright.cli._doctor.smtp_of", lambda *_: None)
    result = doctor(tmp_path, {}, "--quiet")

    assert checks(result)["mail"] == "--"
    assert 'the provider "embedded" has no SMTP address; name one in inbox.smtp' in result.output


def test_a_missing_browser_fails_and_the_other_checks_still_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(_: Project) -> str:
        raise InboxwrightError("no browser: install one")

    monkeypatch.setattr("inboxwright.cli._doctor.check_browser", missing)
    result = doctor(tmp_path, {"use": {"baseURL": "http://127.0.0.1:0"}, "webServer": SERVER}, "--quiet")

    assert checks(result)["browser"] == "FAIL"
    assert checks(result)["mail"] == "ok"
    assert result.exit_code == 1
