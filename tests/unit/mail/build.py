"""Make messages for the matchers: small, readable, and in the shapes that real senders use."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from email.header import Header
from email.message import EmailMessage
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

HOST = "app.example"
SITE = f"https://{HOST}"
JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI0MjExIn0.Zb3kVqYQ0yXw1mB8tPq3n5rT7uVwXyZ1aBcDeFgHiJk"
HEX = "9f8b6c1d2e3f4a5b60718293a4b5c6d7e8f90a1b"
OTHER_HEX = "0a1b2c3d4e5f60718293a4b5c6d7e8f9a0b1c2d3"
UUID = "6f1c2a34-9b7d-4e21-8a55-0c9d3e7f1b20"
TOKEN = "Vq8Zr2LmX0tKp4NsWd7YbGcJ5hQfEa1u"
RECIPIENT = "nobody@inbox.test"

PREHEADER = '<div style="display:none;max-height:0;overflow:hidden">Ref 482913 &middot; 2026&#847;&zwnj;&nbsp;</div>'
FOOTER = (
    '<table width="100%"><tr><td style="font-size:12px;color:#888">Muster GmbH, Weg 12, 10115 Berlin &middot; '
    '<a href="tel:+49301234567">+49 30 123 45 67</a><br>Ref 553201 &middot; &copy; 2026 Muster '
    '<a href="https://mail.example/unsubscribe?u=4f1c9a77b2">x</a> | <a href="https://www.example/legal">y</a></td></tr></table>'
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A message, and what a person would follow or type; None where there is nothing, or nothing certain."""

    name: str
    raw: bytes = field(repr=False)
    link: str | None = None
    code: str | None = None
    hosts: str = HOST


def mail(
    *,
    subject: str = "Hello",
    text: str | None = None,
    html: str | None = None,
    charset: str = "utf-8",
    headers: Sequence[tuple[str, str]] = (),
) -> bytes:
    """A message with a text body, an HTML body, or both as alternatives (RFC 2046 section 5.1.4)."""
    parts = [MIMEText(body, kind, charset) for body, kind in ((text, "plain"), (html, "html")) if body is not None]
    message: MIMEBase = parts[0] if len(parts) == 1 else MIMEMultipart("alternative", _subparts=parts)
    message["From"] = "App <no-reply@app.example>"
    message["To"] = RECIPIENT
    message["Subject"] = Header(subject, "us-ascii" if subject.isascii() else "utf-8", maxlinelen=70).encode()
    message["Message-ID"] = "<1@app.example>"
    for name, value in headers:
        message[name] = value
    return message.as_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


def page(*blocks: str, preheader: bool = False, footer: bool = False) -> str:
    """An HTML body as senders lay it out: tables in tables, paragraphs in cells."""
    rows = "".join(f"<tr><td style='padding:8px'>{block}</td></tr>" for block in blocks)
    return (
        f"<!DOCTYPE html><html><head><style>.x{{color:#123456}}</style></head><body>{PREHEADER if preheader else ''}"
        f"<table width='600'>{rows}</table>{FOOTER if footer else ''}</body></html>"
    )


def p(words: str) -> str:
    """A paragraph."""
    return f"<p>{words}</p>"


def button(url: str, words: str) -> str:
    """A link drawn as a button."""
    style = "background-color:#2563eb;color:#ffffff;padding:12px 20px;border-radius:4px;text-decoration:none"
    return f'<a href="{url}" style="{style}">{words}</a>'


def a(url: str, words: str) -> str:
    """A plain link."""
    return f'<a href="{url}">{words}</a>'


def attached(message: bytes, *, name: str) -> bytes:
    """A message with another one attached (RFC 2046 section 5.2.1)."""
    outer = EmailMessage()
    outer["From"], outer["To"], outer["Subject"] = "a@app.example", RECIPIENT, "Fwd"
    outer.set_content("See the attached mail.")
    outer.add_attachment(message, maintype="application", subtype="octet-stream", filename=name)
    return outer.as_bytes()
