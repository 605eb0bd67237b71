"""The demo as a process: how it starts, what it refuses, and what it leaves behind."""

import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

ROOT = Path(__file__).resolve().parents[2]


def environment(folder: Path, **variables: str) -> dict[str, str]:
    names = ("DEMO_", "HOST", "PORT", "SMTP_")
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(names)}
    return {**inherited, "PORT": "0", "TMPDIR": str(folder), "PYTHONUNBUFFERED": "1", **variables}


def refusal(folder: Path, **variables: str) -> str:
    result = subprocess.run(
        [sys.executable, "-m", "demo"],
        cwd=ROOT,
        env=environment(folder, **variables),
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert result.returncode != 0
    return result.stderr


@contextmanager
def running(
    folder: Path, cwd: Path = ROOT, module: str = "demo", **variables: str
) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """The demo's URL and process, which is asked to stop at the end."""
    process = subprocess.Popen(
        [sys.executable, "-m", module],
        cwd=cwd,
        env=environment(folder, **variables),
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    try:
        yield process.stdout.readline().removeprefix("demo: ").strip().rstrip("/"), process
    finally:
        process.terminate()
        process.wait(timeout=10)
        process.stdout.close()


def test_it_answers_when_it_is_ready(tmp_path: Path) -> None:
    with running(tmp_path) as (url, _):
        assert httpx.get(f"{url}/healthz").status_code == 200
        assert "Create your account" in httpx.get(f"{url}/accounts/signup/").text


def test_its_database_is_gone_when_it_is_stopped(tmp_path: Path) -> None:
    with running(tmp_path):
        assert [path.name for path in tmp_path.glob("inboxwright-demo-*/*.sqlite3")] == ["demo.sqlite3"]

    assert list(tmp_path.iterdir()) == []


def test_a_database_of_ones_own_is_kept(tmp_path: Path) -> None:
    own = tmp_path / "own.sqlite3"
    with running(tmp_path, DEMO_DATABASE=str(own)):
        pass

    assert own.is_file()


def test_it_stops_at_once_on_ctrl_c(tmp_path: Path) -> None:
    with running(tmp_path) as (_, demo):
        demo.send_signal(signal.SIGINT)
        assert demo.wait(timeout=10) == 130

    assert list(tmp_path.iterdir()) == []


def test_a_port_that_is_taken_is_one_clear_line(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        line = refusal(tmp_path, PORT=port)

    assert line == (
        f"demo: cannot listen on 127.0.0.1 port {port}: Address already in use; set HOST and PORT to a free address\n"
    )


@pytest.mark.parametrize(
    ("name", "value", "line"),
    [
        (
            "PORT",
            "http",
            "cannot listen on 127.0.0.1 port http: not a port number; set HOST and PORT to a free address",
        ),
        (
            "PORT",
            "99999",
            "cannot listen on 127.0.0.1 port 99999: not a port number; set HOST and PORT to a free address",
        ),
        ("DEMO_CONFIRM", "sms", "DEMO_CONFIRM must be link or code, not 'sms'"),
        ("DEMO_RATE_LIMITS", "no", "DEMO_RATE_LIMITS must be on or off, not 'no'"),
        ("DEMO_CODE_TIMEOUT", "soon", "DEMO_CODE_TIMEOUT must be a positive whole number, not 'soon'"),
        ("DEMO_TOTP_PERIOD", "0", "DEMO_TOTP_PERIOD must be a positive whole number, not '0'"),
        ("SMTP_PORT", "smtp", "SMTP_PORT must be a positive whole number, not 'smtp'"),
    ],
)
def test_a_wrong_setting_is_one_clear_line(tmp_path: Path, name: str, value: str, line: str) -> None:
    assert refusal(tmp_path, **{name: value}) == f"demo: {line}\n"


def test_codes_can_be_the_default_way_to_confirm(tmp_path: Path) -> None:
    with running(tmp_path, DEMO_CONFIRM="code") as (url, _):
        assert "Send a link instead" in httpx.get(f"{url}/accounts/signup/").text
        assert "Send a code instead" in httpx.get(f"{url}/accounts/signup/?confirm=link").text


def test_too_many_resets_are_refused_unless_the_limits_are_off(tmp_path: Path) -> None:
    def last_answer(url: str) -> int:
        with httpx.Client(base_url=url) as client:
            for _ in range(7):
                client.get("/accounts/password/reset/")
                form = {"email": "nobody@inbox.test", "csrfmiddlewaretoken": client.cookies["csrftoken"]}
                status = client.post("/accounts/password/reset/", data=form).status_code
        return status

    with running(tmp_path) as (url, _):
        assert last_answer(url) == 429
    with running(tmp_path, DEMO_RATE_LIMITS="off") as (url, _):
        assert last_answer(url) == 302


def test_a_copy_works_in_another_folder_and_under_another_name(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "demo", tmp_path / "mine" / "app", ignore=shutil.ignore_patterns("__pycache__"))

    with running(tmp_path, cwd=tmp_path, module="mine.app") as (url, _):
        assert httpx.get(f"{url}/accounts/login/").status_code == 200
        assert httpx.get(f"{url}/static/meadow.css").headers["content-type"] == "text/css"
