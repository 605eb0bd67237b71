"""The page and the mail as pictures, and in the trace: each mail is opened as a page of the test's own context."""

import base64
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Error, ViewportSize

from inboxwright.mail import Message
from inboxwright.plugin import _mail_page
from inboxwright.plugin._journey import EVIDENCE_HOST
from inboxwright.plugin._sheet import sheet
from inboxwright.report.timeline import Event

_PATIENCE = 3000
"""Milliseconds for one picture."""
_BUDGET = 12.0
"""Seconds for all pictures of one test."""
_CONTEXTS, _MAILS = 4, 6
_MAIL_SIZE: ViewportSize = {"width": 820, "height": 560}
_SHEET_SIZE: ViewportSize = {"width": 1280, "height": 900}

Context = Any
"""A browser context, and below a page, of Playwright's sync or async API: the same calls under the same names."""


@dataclass(slots=True, kw_only=True)
class Pictures:
    """Takes pictures into one folder. What cannot be had is noted, never raised."""

    folder: Path
    finish: Callable[[Any], Any]
    """Brings what Playwright returned to its end: see `TestMail.finish`."""
    files: list[tuple[str, Path]] = field(default_factory=list)
    """What was taken: its kind ("page", "mail" or "evidence") and the file."""
    notes: list[str] = field(default_factory=list)
    _end: float = field(default_factory=lambda: time.monotonic() + _BUDGET)

    def of_pages(self, contexts: Sequence[Context]) -> None:
        """The page that each context showed last."""
        for number, context in enumerate(contexts[:_CONTEXTS], start=1):
            open_pages = [page for page in context.pages if not page.is_closed()]
            if open_pages:
                self._take(open_pages[-1], "page", f"page-{number}.png")

    def of_mails(self, mails: Sequence[tuple[Context, Message]]) -> None:
        """Each mail as a page of its context: it stands in that context's trace."""
        for number, (context, message) in enumerate(mails[-_MAILS:], start=1):
            shown = self._show(context, _mail_page.document(message), f"mail-{number}", _MAIL_SIZE)
            if shown is not None:
                self._take(shown, "mail", f"mail-{number}.png", full_page=True)
                with suppress(Error):
                    self.finish(shown.close())

    def of_evidence(self, context: Context, headline: str, events: Sequence[Event]) -> None:
        """One page with the verdict, the page, the mail and the timeline. It stays open: it ends the film strip."""
        pages, mails = ([_data_url(path) for kind, path in self.files if kind == of] for of in ("page", "mail"))
        document = sheet(headline, pages, mails, events, policy=_mail_page.POLICY)
        shown = self._show(context, document, "evidence", _SHEET_SIZE)
        if shown is not None:
            self._take(shown, "evidence", "evidence.png", full_page=True)

    def _show(self, context: Context, document: str, name: str, size: ViewportSize) -> Any:
        if time.monotonic() > self._end:
            self.notes.append(f"no time was left for {name}")
            return None
        headers = {"Content-Security-Policy": _mail_page.POLICY, "Content-Type": "text/html; charset=utf-8"}
        try:
            page = self.finish(context.new_page())
            answer = page.route(f"{EVIDENCE_HOST}/**", lambda route: route.fulfill(body=document, headers=headers))
            self.finish(answer)
            self.finish(page.set_viewport_size(size))
            self.finish(page.goto(f"{EVIDENCE_HOST}/{name}", timeout=_PATIENCE))
        except Error as error:
            self.notes.append(f"{name} could not be shown: {_first_line(error)}")
            return None
        return page

    def _take(self, page: Any, kind: str, name: str, **options: Any) -> None:
        path = self.folder / name
        try:
            self.finish(page.screenshot(path=path, timeout=_PATIENCE, animations="disabled", **options))
        except Error as error:
            self.notes.append(f"{name} could not be taken: {_first_line(error)}")
            return
        self.files.append((kind, path))


def _data_url(path: Path) -> str:
    return f"data:image/png;base64,{base64.b64encode(path.read_bytes()).decode()}"


def _first_line(error: Exception) -> str:
    return next(iter(str(error).splitlines()), type(error).__name__)
