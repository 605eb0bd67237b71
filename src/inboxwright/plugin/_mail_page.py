"""A mail as a page that a browser can show without asking anybody for anything."""

import base64
from html import escape

from selectolax.lexbor import LexborHTMLParser

from inboxwright.mail import Message

POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
"""Content Security Policy: nothing is fetched, no script runs, no remote picture tells that the mail was read."""

_NOTHING = "data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw=="
"""One transparent pixel."""
_ACTIVE = "script, meta, base, link, iframe, object, embed, form, frame, frameset"
_STYLE = """
:root{color-scheme:light}body{margin:0;background:#fff;color:#1c2430;font:15px/1.5 system-ui,sans-serif}
header{padding:14px 20px;background:#eef2f6;border-bottom:1px solid #cfd8e3}
header h1{font-size:18px;margin:0 0 6px}header p{margin:0;color:#4a5665;font-size:13px}
main{padding:16px 20px}pre{white-space:pre-wrap;overflow-wrap:anywhere;font:14px/1.5 ui-monospace,monospace}
"""


def document(message: Message) -> str:
    """The whole page: who, to whom, the subject, and the body as a mail client shows it."""
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        f"<title>Mail: {escape(message.subject)}</title><style>{_STYLE}</style></head>"
        f"<body>{fragment(message)}</body></html>"
    )


def fragment(message: Message) -> str:
    """The mail within another page."""
    when = f"{message.received_at:%Y-%m-%d %H:%M:%S %Z}" if message.received_at else ""
    files = "".join(f"<p>Attached: {escape(file.name)}</p>" for file in message.attachments if not file.inline)
    return (
        f"<header><h1>{escape(message.subject) or '(no subject)'}</h1>"
        f"<p>From {escape(message.sender)}</p><p>To {escape(message.recipient)} {when}</p>{files}</header>"
        f"<main>{_body(message)}</main>"
    )


def _body(message: Message) -> str:
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
