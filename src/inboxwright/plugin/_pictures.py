"""The page and the mail as pictures, and in the trace: each mail is opened as a page of the test's own context.

A mail is shown without asking anybody for anything. One more page tells the failure: the verdict first, the page and
the mail side by side, the journey below.
"""

import base64
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any

from playwright.sync_api import Error, ViewportSize
from selectolax.lexbor import LexborHTMLParser

from inboxwright.mail import Message
from inboxwright.plugin._test_record import EVIDENCE_HOST
from inboxwright.report.timeline import STYLE, Event, as_svg

POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
"""Content Security Policy: nothing is fetched, no script runs, no remote picture tells that the mail was read."""

_NOTHING = "data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw=="
"""One transparent pixel."""
_ACTIVE = "script, meta, base, link, iframe, object, embed, form, frame, frameset"
_MAIL_STYLE = """
:root{color-scheme:light}body{margin:0;background:#fff;color:#1c2430;font:15px/1.5 system-ui,sans-serif}
header{padding:14px 20px;background:#eef2f6;border-bottom:1px solid #cfd8e3}
header h1{font-size:18px;margin:0 0 6px}header p{margin:0;color:#4a5665;font-size:13px}
main{padding:16px 20px}pre{white-space:pre-wrap;overflow-wrap:anywhere;font:14px/1.5 ui-monospace,monospace}
"""
_SHEET_STYLE = """
:root{color-scheme:light}body{margin:0;padding:22px 26px;background:#f5f7f9;color:#1c2430;
font:15px/1.45 system-ui,sans-serif}
h1{font-size:20px;margin:0 0 4px;color:#b3262f}pre{white-space:pre-wrap;overflow-wrap:anywhere;margin:0 0 16px;
font:13px/1.45 ui-monospace,monospace;color:#3a4552}
.pair{display:flex;gap:16px;align-items:flex-start}.pair>section{flex:1 1 0;min-width:0}
h2{font-size:13px;margin:0 0 6px;color:#5a6675;font-weight:600}
img{width:100%;border:1px solid #cfd8e3;border-radius:6px;background:#fff;display:block;margin-bottom:8px}
.none{border:1px dashed #b7c2cf;border-radius:6px;padding:40px 20px;text-align:center;color:#5a6675}
.journey{margin-top:14px;background:#fff;border:1px solid #cfd8e3;border-radius:6px;padding:10px 14px}
"""

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
    """Brings what Playwright returned to its end: see `TestRecord.finish`."""
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
            shown = self._show(context, mail_page(message), f"mail-{number}", _MAIL_SIZE)
            if shown is not None:
                self._take(shown, "mail", f"mail-{number}.png", full_page=True)
                with suppress(Error):
                    self.finish(shown.close())

    def of_evidence(self, context: Context, headline: str, events: Sequence[Event]) -> None:
        """One page with the verdict, the page, the mail and the timeline."""
        pages, mails = ([_data_url(path) for kind, path in self.files if kind == of] for of in ("page", "mail"))
        document = _sheet(headline, pages, mails, events)
        shown = self._show(context, document, "evidence", _SHEET_SIZE)
        if shown is not None:
            self._take(shown, "evidence", "evidence.png", full_page=True)
            with suppress(Error):
                self.finish(shown.close())  # pytest-playwright photographs every page that is open

    def _show(self, context: Context, document: str, name: str, size: ViewportSize) -> Any:
        if time.monotonic() > self._end:
            self.notes.append(f"no time was left for {name}")
            return None
        headers = {"Content-Security-Policy": POLICY, "Content-Type": "text/html; charset=utf-8"}
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


def mail_page(message: Message) -> str:
    """The whole page: who, to whom, the subject, and the body as a mail client shows it."""
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        f"<title>Mail: {escape(message.subject)}</title><style>{_MAIL_STYLE}</style></head>"
        f"<body>{_mail(message)}</body></html>"
    )


def _mail(message: Message) -> str:
    """The mail within another page."""
    when = f"{message.received_at:%Y-%m-%d %H:%M:%S %Z}" if message.received_at else ""
    files = "".join(f"<p>Attached: {escape(file.name)}</p>" for file in message.attachments if not file.inline)
    return (
        f"<header><h1>{escape(message.subject) or '(no subject)'}</h1>"
        f"<p>From {escape(message.sender)}</p><p>To {escape(message.recipient)} {when}</p>{files}</header>"
        f"<main>{_mail_body(message)}</main>"
    )


def _mail_body(message: Message) -> str:
    if not message.html:
        return f"<pre>{escape(message.text)}</pre>"
    tree = LexborHTMLParser(message.html)
    for node in tree.css(_ACTIVE):
        if node.tag == "form":
            node.unwrap()
        else:
            node.decompose()
    inline = {file.content_id: file for file in message.attachments if file.content_id}
    for image in tree.css("img[src]"):
        source = image.attributes.get("src") or ""
        file = inline.get(source.removeprefix("cid:"))
        if file is not None:
            data = base64.b64encode(file.content).decode()
            image.attrs["src"] = f"data:{file.content_type};base64,{data}"
        elif not source.startswith("data:") and not (image.attributes.get("alt") or "").strip():
            image.attrs["src"] = _NOTHING  # as a mail client that loads no pictures shows it: with no words, nothing
    styles = "".join(node.html or "" for node in tree.css("head style"))
    return styles + (tree.body.inner_html or "" if tree.body else "")


def _sheet(headline: str, pages: Sequence[str], mails: Sequence[str], events: Sequence[Event]) -> str:
    """The document; pictures are data URLs."""
    first, _, rest = headline.partition("\n")
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(first)}</title>'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}"><style>{_SHEET_STYLE}{STYLE}</style>'
        "</head><body>"
        f"<h1>{escape(first)}</h1><pre>{escape(rest)}</pre>"
        f'<div class="pair">{_column("The page", pages, "no page was open")}'
        f"{_column('The mail', mails[-2:], 'no mail arrived')}</div>"
        f'<div class="journey">{as_svg(events)}</div></body></html>'
    )


def _column(title: str, pictures: Sequence[str], otherwise: str) -> str:
    held = "".join(f'<img src="{picture}" alt="{title}">' for picture in pictures) or f'<p class="none">{otherwise}</p>'
    return f"<section><h2>{title}</h2>{held}</section>"
