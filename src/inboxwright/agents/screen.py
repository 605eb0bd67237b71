"""What a browser shows: a page of the application in words and as a picture, a mail as a picture."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page, sync_playwright

from inboxwright.browser import context_options, find_browser
from inboxwright.config import Project
from inboxwright.mail import Message
from inboxwright.plugin._pictures import mail_page

_WIDTH, _HEIGHT, _HIGHEST = 1000, 720, 4000
"""Pixels."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A page after it has loaded."""

    url: str
    title: str
    outline: str
    """Its accessible tree (Playwright's ARIA snapshot): roles and names, as locators find them."""
    picture: bytes
    """PNG."""


def page(project: Project, url: str) -> Seen:
    """Open a URL in a fresh context of the project."""
    with _browser() as browser:
        options: dict[str, Any] = dict(context_options(project.use))
        seen = browser.new_context(**options).new_page()
        seen.goto(url)
        return Seen(
            url=seen.url,
            title=seen.title(),
            outline=seen.locator("body").aria_snapshot(),
            picture=seen.screenshot(),
        )


def mail(message: Message) -> bytes:
    """The mail as a mail client shows it, without scripts and without anything from elsewhere; PNG."""
    with _browser() as browser:
        shown: Page = browser.new_context(java_script_enabled=False, offline=True).new_page()
        shown.set_viewport_size({"width": _WIDTH, "height": _HEIGHT})
        shown.set_content(mail_page(message))
        return shown.screenshot(full_page=True, clip={"x": 0, "y": 0, "width": _WIDTH, "height": _HIGHEST})


@contextmanager
def _browser() -> Iterator[Any]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser("chromium", channel=None, headless=True))
        try:
            yield browser
        finally:
            browser.close()
