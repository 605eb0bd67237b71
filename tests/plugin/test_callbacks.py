"""Callbacks in a run: the application is told where to call, each worker hears its own, and evidence tells of them."""

import json
import threading
from pathlib import Path

import httpx
from playwright.sync_api import Page, Route

from inboxwright import Callbacks
from tests.plugin.documentation import blocks
from tests.plugin.inner import ASYNC_INI, run

_POLLS = "<script>setInterval(() => fetch('/count'), 20)</script>"
_APPLICATION = """
import http.server, json, os, urllib.request

class Application(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path != "/healthz":
            body = json.dumps({"id": self.path}).encode()
            urllib.request.urlopen(os.environ["REPORT_TO"] + "/reports", data=body).close()
        self.send_response(200)
        self.end_headers()

http.server.ThreadingHTTPServer(("127.0.0.1", int(os.environ["PORT"])), Application).serve_forever()
"""
_CONFIG = {
    "use": {"baseURL": "http://127.0.0.1:0"},
    "webServer": {
        "command": "python application.py",
        "url": "http://127.0.0.1:0/healthz",
        "env": {"REPORT_TO": "${CALLBACK_URL}"},
    },
}
_TESTS = """
import urllib.request

import pytest

@pytest.mark.parametrize("number", range(6))
def test_the_application_calls_back(number, callbacks, base_url):
    with callbacks.expect_call(path="/reports", json={"id": f"/{number}"}) as call:
        urllib.request.urlopen(f"{base_url}/{number}").close()
    assert call.value.shared
"""


def test_routes_are_served_while_a_call_is_awaited(page: Page, callbacks: Callbacks) -> None:
    served: list[str] = []

    def serve(route: Route) -> None:
        served.append(route.request.url)
        route.fulfill(body=_POLLS if route.request.url.endswith("/") else "", content_type="text/html")

    page.route("http://app.test/**", serve)
    page.goto("http://app.test/")
    before = len(served)
    with callbacks.expect_call(json={"id": 17}):
        later = threading.Timer(1.0, lambda: httpx.post(callbacks.url, json={"id": 17}, trust_env=False))
        later.start()

    assert len(served) - before > 10
    later.join()


def test_an_application_that_knows_one_url_is_heard_by_each_worker(tmp_path: Path) -> None:
    ran = run(tmp_path, _TESTS, "-n", "2", config=_CONFIG, more={"application.py": _APPLICATION})

    assert "6 passed" in ran.out


def test_what_nobody_claimed_is_told_and_a_failure_shows_the_calls(tmp_path: Path) -> None:
    ran = run(
        tmp_path,
        """
        import httpx, pytest

        def test_unclaimed(provider, callbacks):
            httpx.post(callbacks.url + "/reports", json={"id": 1}, trust_env=False)
            callbacks.calls()

        def test_fails(provider, callbacks):
            with callbacks.expect_call(json={"id": 2}, timeout=100):
                httpx.post(callbacks.url + "/reports", json={"id": 1}, trust_env=False)

        def test_bare(provider, callbacks):
            callbacks.expect_call()
        """,
    )

    assert "UnclaimedCallWarning: 1 callback that no expectation claimed: POST /reports" in ran.out
    assert "an expectation of a call was written without `with`, so it asserted nothing" in ran.out
    assert "call    POST /reports (answered 200): '{\"id\":1}' (not claimed)" in ran.out
    assert "json.id is 1, not 2" in ran.out


def test_an_async_suite_awaits_them(tmp_path: Path) -> None:
    ran = run(
        tmp_path,
        """
        import httpx

        async def test_called(callbacks):
            await callbacks.faults.refuse(503, count=1)
            async with callbacks.expect_call(json={"id": 1}) as call, httpx.AsyncClient(trust_env=False) as app:
                for _ in range(2):
                    await app.post(callbacks.url, json={"id": 1})
            assert [refused.status for refused in (await call.value).refused_before] == [503]
        """,
        more={"pytest.ini": ASYNC_INI},
    )

    assert ran.code == 0, ran.out


def test_the_example_in_the_documentation_runs(tmp_path: Path) -> None:
    page = blocks("callbacks.md")
    more = {name: text for name, text in page.items() if name != "test_reports.py"}

    ran = run(tmp_path, page["test_reports.py"], config=json.loads(page["playwright.config.json"]), more=more)

    assert "4 passed" in ran.out, ran.out
    assert "Unclaimed" not in ran.out
