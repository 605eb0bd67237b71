"""`inboxwright serve`, as people start it."""

import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

SERVE = [sys.executable, "-c", "from inboxwright.cli.serve import serve; serve()"]
FREE = ["--smtp", "127.0.0.1:0", "--http", "127.0.0.1:0"]


def _start(*arguments: str, **variables: str) -> subprocess.Popen[str]:
    pipe = subprocess.PIPE
    env = {**os.environ, **variables, "PYTHONUNBUFFERED": "1"}
    return subprocess.Popen([*SERVE, *arguments], stdout=pipe, stderr=pipe, text=True, env=env)


def _line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline()


def _refused(*arguments: str, **variables: str) -> str:
    with _start(*arguments, **variables) as process:
        _, said = process.communicate(timeout=20)
    assert process.returncode in {1, 2}
    return said


def test_says_where_it_is_and_asks_for_a_random_token() -> None:
    with _start(*FREE) as process:
        smtp, page, api, gone = (_line(process) for _ in range(4))
        url = page.split()[1]
        with_token = httpx.get(api.split()[1], trust_env=False).status_code
        without = httpx.get(api.split()[1].partition("?")[0], trust_env=False).status_code
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=10)

    assert smtp.startswith("SMTP  127.0.0.1:")
    assert "?token=" in url
    assert "--data" in gone
    assert (with_token, without) == (200, 401)
    assert process.returncode == 0


def test_token_from_the_environment_is_not_printed() -> None:
    with _start(*FREE, INBOXWRIGHT_TOKEN="s3cret-token") as process:
        lines = [_line(process) for _ in range(3)]
        process.terminate()
        process.communicate(timeout=10)

    assert "s3cret" not in "".join(lines)


def test_json_for_programs(tmp_path: Path) -> None:
    with _start(*FREE, "--json", "--data", str(tmp_path / "new" / "mail"), "--flush") as process:
        ready = json.loads(_line(process))
        process.terminate()
        process.communicate(timeout=10)

    assert ready.keys() == {"smtp", "http", "token"}
    assert (tmp_path / "new" / "mail" / "mail.sqlite3").is_file()


def test_port_that_is_taken_is_named() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}"

        said = _refused("--smtp", address, "--http", "127.0.0.1:0")

    assert address in said
    assert "--smtp" in said
    assert "Traceback" not in said


def test_store_that_is_none_is_named(tmp_path: Path) -> None:
    (tmp_path / "mail.sqlite3").write_text("this is no database, but it is long enough to look like one" * 20)

    said = _refused(*FREE, "--data", str(tmp_path))

    assert "cannot open the store" in said
    assert "Traceback" not in said


@pytest.mark.parametrize(
    ("arguments", "variables", "named"),
    [
        (["--max-storage", "lots"], {}, "lots"),
        (["--retention", "7"], {}, "7d"),
        (["--tls-key", __file__], {}, "--tls-certificate"),
        (["--data", ""], {}, "empty path"),
        (["--max-message-size", "٣M"], {}, "not a size"),
        (["--smtp-tls", "maybe"], {}, "required"),
        (["--smtp-auth", "required"], {"INBOXWRIGHT_SMTP_USER": "app"}, "INBOXWRIGHT_SMTP_PASSWORD"),
    ],
)
def test_wrong_options_are_named(arguments: list[str], variables: dict[str, str], named: str) -> None:
    assert named in _refused(*FREE, *arguments, **variables)


def test_warns_beyond_the_loopback_address() -> None:
    with _start("--smtp", "127.0.0.1:0", "--http", "0.0.0.0:0") as process:
        _line(process)
        process.terminate()
        _, said = process.communicate(timeout=10)

    assert "unencrypted" in said
