"""One page that tells a failure: the verdict first, the page and the mail side by side, the journey below."""

from collections.abc import Sequence
from html import escape

from inboxwright.report.timeline import STYLE, Event, as_svg

_STYLE = """
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


def sheet(headline: str, pages: Sequence[str], mails: Sequence[str], events: Sequence[Event], *, policy: str) -> str:
    """The document; pictures are data URLs."""
    first, _, rest = headline.partition("\n")
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(first)}</title>'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}"><style>{_STYLE}{STYLE}</style></head><body>'
        f"<h1>{escape(first)}</h1><pre>{escape(rest)}</pre>"
        f'<div class="pair">{_column("The page", pages, "no page was open")}'
        f"{_column('The mail', mails[-2:], 'no mail arrived')}</div>"
        f'<div class="journey">{as_svg(events)}</div></body></html>'
    )


def _column(title: str, pictures: Sequence[str], otherwise: str) -> str:
    held = "".join(f'<img src="{picture}" alt="{title}">' for picture in pictures) or f'<p class="none">{otherwise}</p>'
    return f"<section><h2>{title}</h2>{held}</section>"
