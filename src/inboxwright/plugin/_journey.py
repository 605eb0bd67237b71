"""The journey as the browser saw it: each page that was reached, each error that a page reported."""

import logging
import time
from collections.abc import Callable
from typing import Any

from playwright.async_api import BrowserContext as AsyncBrowserContext
from playwright.sync_api import BrowserContext

from inboxwright.mail.urls.masking import mask_text, mask_url
from inboxwright.plugin._item import Step, TestMail

EVIDENCE_HOST = "https://evidence.inboxwright.invalid"
"""Where mails are shown as pages; `.invalid` is nobody's (RFC 2606)."""

_log = logging.getLogger("inboxwright")


def follow(context: BrowserContext | AsyncBrowserContext, test: TestMail) -> None:
    """Note what happens in this context. Only events that Playwright sends anyway: nothing is slowed."""
    number = len(test.contexts)
    test.contexts.append(context)

    def note(text: str, *, bad: bool = False) -> None:
        test.steps.append(Step(at=time.monotonic(), context=number, text=text, bad=bad))
        _log.info("browser %d: %s", number + 1, text)

    listen: Any = context.on  # its overloads differ between the sync and the async API
    listen("page", lambda page: _follow_page(page, note))


def _follow_page(page: Any, note: Callable[..., None]) -> None:
    def reached(frame: Any) -> None:
        if frame == page.main_frame and frame.url != "about:blank" and not frame.url.startswith(EVIDENCE_HOST):
            note(f"reached {mask_url(frame.url)}")

    page.on("framenavigated", reached)
    page.on("crash", lambda _: note("the page crashed", bad=True))
    page.on("pageerror", lambda error: note(f"script error: {mask_text(str(error))}", bad=True))
