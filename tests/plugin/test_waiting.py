"""Rule 1 of the design: waiting never freezes the browser."""

import gc
import threading
from concurrent.futures import Future
from smtplib import SMTP

import pytest
from playwright.sync_api import BrowserContext, Page, Route

from inboxwright import Inbox, Provider
from inboxwright.pump import pump

_POLLS = """
<script>
  setInterval(() => fetch('/poll').then(() => document.title = String(Number(document.title || 0) + 1)), 20)
</script>
"""


def test_routes_are_served_while_mail_is_awaited(page: Page, inbox: Inbox, provider: Provider) -> None:
    served: list[str] = []

    def serve(route: Route) -> None:
        served.append(route.request.url)
        route.fulfill(body=_POLLS if route.request.url.endswith("/") else "", content_type="text/html")

    page.route("http://app.test/**", serve)
    page.goto("http://app.test/")
    before = len(served)
    with inbox.expect_message() as mail:
        later = threading.Timer(1.0, _send, (provider, inbox.address))
        later.start()

    assert mail.value.subject == "Late"
    assert len(served) - before > 10
    later.join()


def test_a_wait_in_vain_leaves_nothing_for_asyncio_to_complain_of(
    context: BrowserContext, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(ValueError, match="in vain"):
        pump(context)(_failing())
    gc.collect()

    assert "never retrieved" not in caplog.text


def _failing() -> Future[None]:
    future: Future[None] = Future()
    threading.Timer(0.1, future.set_exception, (ValueError("in vain"),)).start()
    return future


def _send(provider: Provider, address: str) -> None:
    assert provider.smtp_address is not None
    with SMTP(*provider.smtp_address) as smtp:
        smtp.sendmail("app@app.test", [address], "Subject: Late\r\n\r\nHello.\r\n")
