"""The fixture `poll`: the browser goes on, and a failure stands on the journey."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, Route

from inboxwright.polling import Poll
from tests.plugin.inner import ASYNC_INI, run

_POLLS = "<script>setInterval(() => fetch('/count'), 20)</script>"


def test_routes_are_served_while_a_value_is_awaited(page: Page, poll: Callable[..., Poll[Any]]) -> None:
    served: list[str] = []

    def serve(route: Route) -> None:
        served.append(route.request.url)
        route.fulfill(body=_POLLS if route.request.url.endswith("/") else "", content_type="text/html")

    page.route("http://app.test/**", serve)
    page.goto("http://app.test/")
    before = len(served)

    poll(lambda: len(served) - before).to_satisfy(lambda count: count > 10)

    assert len(served) - before > 10


def test_a_value_that_did_not_come_stands_on_the_journey(tmp_path: Path) -> None:
    ran = run(
        tmp_path,
        """
        def test_lags(provider, poll):
            poll(lambda: "pending").to_equal("sent")
        """,
        config={"expect": {"timeout": 120}},
    )

    assert "expected 'sent' within 120 ms; seen: pending ×3, 0–1" in ran.out
    assert "wait    value 'sent': did not come; seen: pending ×3" in ran.out


def test_an_async_suite_awaits_it(tmp_path: Path) -> None:
    ran = run(
        tmp_path,
        """
        async def test_lags(poll):
            states = ["pending", "sent"]
            async def status():
                return states.pop(0)
            assert await poll(status).to_equal("sent") == "sent"
        """,
        more={"pytest.ini": ASYNC_INI},
    )

    assert ran.code == 0, ran.out
