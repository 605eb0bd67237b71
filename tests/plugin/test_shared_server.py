"""A run that uses an inbox server which runs already tells the application where that server takes mail."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from inboxwright.config import EmbeddedOptions
from inboxwright.processes import free_port
from inboxwright.providers.embedded_server import EmbeddedServer
from tests.plugin.inner import run

# An application that writes down where it was told to send.
APP = """
import http.server, os, pathlib

pathlib.Path("told").write_text(os.environ.get("SMTP_HOST", "-") + ":" + os.environ.get("SMTP_PORT", "-"))
here = ("127.0.0.1", int(os.environ["PORT"]))
http.server.ThreadingHTTPServer(here, http.server.SimpleHTTPRequestHandler).serve_forever()
"""
SUITE = """
    def test_mail_arrives(new_inbox, send):
        inbox = new_inbox()
        with inbox.expect_message(subject="Confirm your email"):
            send(inbox.address)
"""


@pytest.fixture(params=["127.0.0.1", "0.0.0.0"])
def server(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Iterator[EmbeddedServer]:
    started = EmbeddedServer.start(EmbeddedOptions(smtp=f"{request.param}:0"))
    monkeypatch.setenv("INBOXWRIGHT_TOKEN", started.token)
    yield started
    started.stop()


def told(folder: Path, **inbox: object) -> str:
    """What the application was told by a run with this `inbox`."""
    config = {
        "webServer": {"command": f"{sys.executable} app.py", "port": free_port()},
        "inbox": {"provider": "embedded", "token": "${INBOXWRIGHT_TOKEN}", **inbox},
    }
    ran = run(folder, SUITE, config=config, more={"app.py": APP})
    assert "1 passed" in ran.out, ran.out
    return (folder / "told").read_text()


def test_the_server_itself_says_where(tmp_path: Path, server: EmbeddedServer) -> None:
    assert told(tmp_path, url=server.url) == f"127.0.0.1:{server.smtp_address[1]}"


def test_an_address_in_the_configuration_wins(tmp_path: Path, server: EmbeddedServer) -> None:
    port = server.smtp_address[1]

    assert told(tmp_path, url=server.url, smtp=f"localhost:{port}") == f"localhost:{port}"
