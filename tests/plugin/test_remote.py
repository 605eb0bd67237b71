"""Remote browsers: a Playwright server as the engine, and what goes wrong on the way to one."""

import sys
import zipfile
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest

from inboxwright.browser import find_browser
from inboxwright.config import ConnectOptions
from inboxwright.plugin._remote import endpoint_of, explain
from inboxwright.processes import WebServer, free_port
from tests.plugin.inner import ASYNC_INI, run

THREE = ConnectOptions(ws_endpoint=("ws://a:1/", "ws://b:2/", "ws://c:3/"))
SUITE = """
    import pytest

    @pytest.mark.parametrize("number", range(2))
    def test_remote(user, send, number):
        user.page.goto("data:text/html,<title>Far away</title>")
        with user.inbox.expect_message():
            send(user.inbox.address)
        assert user.page.title() == ("Far away" if number else "Near")
"""
ASYNC = """
    async def test_remote(page):
        await page.goto("data:text/html,<title>Far away</title>")
        assert await page.title() == "Far away"
"""


def test_a_browser_server_is_the_engine_and_its_failures_have_evidence(tmp_path: Path) -> None:
    port = free_port()
    found = find_browser()
    use: dict[str, Any] = {"connectOptions": {"wsEndpoint": [f"ws://127.0.0.1:{port}/"]}, "trace": "snapshots"}
    if found is not None:
        use["launchOptions"] = {"executablePath": str(found)}
    with WebServer(f"{sys.executable} -m playwright run-server --port {port} --host 127.0.0.1 --unsafe", port=port):
        ran = run(tmp_path, SUITE, "-n", "2", config={"use": use})

    assert "1 failed, 1 passed" in ran.out, ran.out
    assert f"chromium at ws://127.0.0.1:{port}/" in ran.out
    folder = ran.folder("test-remote")
    assert (folder / "mail-1.png").exists()
    with zipfile.ZipFile(folder / "trace.zip") as trace:
        assert not [name for name in trace.namelist() if name.endswith(".jpeg")], "snapshots has no film strip"


def test_an_async_suite_has_its_browser_there_too(tmp_path: Path) -> None:
    port = free_port()
    found = find_browser()
    use: dict[str, Any] = {"connectOptions": {"wsEndpoint": [f"ws://127.0.0.1:{port}/"]}}
    if found is not None:
        use["launchOptions"] = {"executablePath": str(found)}
    with WebServer(f"{sys.executable} -m playwright run-server --port {port} --host 127.0.0.1 --unsafe", port=port):
        (tmp_path / "there").mkdir()
        there = run(tmp_path / "there", ASYNC, config={"use": use}, more={"pytest.ini": ASYNC_INI})
    (tmp_path / "gone").mkdir()
    gone = run(tmp_path / "gone", ASYNC, config={"use": use}, more={"pytest.ini": ASYNC_INI})

    assert "1 passed" in there.out, there.out
    assert "1 error" in gone.out
    assert f"no browser server answers at ws://127.0.0.1:{port}/" in gone.out


def test_a_server_that_is_not_there_is_named_in_every_test_and_ends_no_worker(tmp_path: Path) -> None:
    use = {"connectOptions": {"wsEndpoint": [f"ws://127.0.0.1:{free_port()}/"]}}

    ran = run(tmp_path, SUITE, "-n", "2", config={"use": use})

    assert "2 errors" in ran.out
    assert "no browser server answers at ws://127.0.0.1" in ran.out
    assert "INTERNALERROR" not in ran.out


def test_a_version_mismatch_is_explained() -> None:
    said = "BrowserType.connect: WebSocket error: 428 Precondition Required\n  - server version: v1.40 - client: v1.65"

    text = explain(said, THREE)

    assert "runs Playwright 1.40, these tests " + version("playwright") in text
    assert "\n" not in text


@pytest.mark.parametrize(
    ("worker", "workers", "shard", "wanted"),
    [
        (None, 1, None, "a"), (None, 1, "3/4", "c"), ("gw1", 2, None, "b"), ("gw4", 5, None, "b"),
        ("gw0", 2, "2/4", "c"), ("gw1", 2, "2/4", "a"),
    ],
)  # fmt: skip
def test_workers_and_shards_share_the_endpoints_out(
    worker: str | None, workers: int, shard: str | None, wanted: str
) -> None:
    assert endpoint_of(THREE, worker, workers, shard).startswith(f"ws://{wanted}:")
