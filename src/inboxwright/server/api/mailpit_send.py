"""`POST /api/v1/send`: a mail is built from JSON and filed. It goes to nobody else, as everything here."""

import base64
import binascii
import mimetypes
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from typing import Any

from inboxwright.address import normal


class SendError(ValueError):
    """The JSON describes no mail; the text names the field."""


def build(wanted: dict[str, Any]) -> tuple[str, tuple[str, ...], bytes]:
    """Sender, recipients and the message (RFC 5322) that the JSON describes. Raises SendError."""
    message = EmailMessage()
    sender = _person("From", wanted.get("from"))
    to, cc = _people("To", wanted.get("to")), _people("Cc", wanted.get("cc"))
    hidden = [_address("Bcc", each) for each in _list("Bcc", wanted.get("bcc"))]
    recipients = [person.addr_spec for person in (*to, *cc)] + hidden
    if not recipients:
        raise SendError("To, Cc or Bcc must name a recipient")
    try:
        message["From"] = sender
        for name, people in (("To", to), ("Cc", cc), ("Reply-To", _people("ReplyTo", wanted.get("replyto")))):
            if people:
                message[name] = people
        message["Subject"] = _text("Subject", wanted.get("subject"))
        message["Date"] = formatdate()
        message["Message-ID"] = make_msgid(domain="inboxwright")
        headers = wanted.get("headers") or {}
        if not isinstance(headers, dict):
            raise SendError("Headers must be an object of names and texts")
        for name, value in headers.items():
            message[str(name)] = _text(f"Headers.{name}", value)
        tags = [_text("Tags", each) for each in _list("Tags", wanted.get("tags"))]
        if tags:
            message["X-Tags"] = ", ".join(tags)
        message.set_content(_text("Text", wanted.get("text")), cte="quoted-printable")
        if html := _text("HTML", wanted.get("html")):
            message.add_alternative(html, subtype="html", cte="quoted-printable")
        for number, each in enumerate(_list("Attachments", wanted.get("attachments"))):
            _attach(message, f"Attachments[{number}]", each)
        raw = message.as_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    except SendError:
        raise
    except (ValueError, TypeError, LookupError, MessageError) as error:
        raise SendError(f"no mail can be made of this: {error}") from error
    return sender.addr_spec, tuple(dict.fromkeys(map(normal, recipients))), raw


def _attach(message: EmailMessage, where: str, wanted: Any) -> None:
    if not isinstance(wanted, dict):
        raise SendError(f"{where} must be an object")
    fields = {str(name).lower(): value for name, value in wanted.items()}
    name = _text(f"{where}.Filename", fields.get("filename"))
    try:
        content = base64.b64decode(_text(f"{where}.Content", fields.get("content")), validate=True)
    except binascii.Error as error:
        raise SendError(f"{where}.Content is not base64: {error}") from error
    kind = _text(f"{where}.ContentType", fields.get("contenttype")) or mimetypes.guess_type(name)[0]
    main, _, sub = (kind or "application/octet-stream").partition("/")
    identity = _text(f"{where}.ContentID", fields.get("contentid"))
    if identity:
        message.add_attachment(
            content, maintype=main, subtype=sub, filename=name, disposition="inline", cid=f"<{identity}>"
        )
    else:
        message.add_attachment(content, maintype=main, subtype=sub, filename=name)


def _people(name: str, wanted: Any) -> list[Address]:
    return [_person(name, each) for each in _list(name, wanted)]


def _person(name: str, wanted: Any) -> Address:
    if not isinstance(wanted, dict):
        raise SendError(f'{name} must be {{"Email": …, "Name": …}}, not {wanted!r}')
    fields = {str(key).lower(): value for key, value in wanted.items()}
    spec = _address(f"{name}.Email", fields.get("email"))
    try:
        return Address(display_name=_text(f"{name}.Name", fields.get("name")), addr_spec=spec)
    except (ValueError, IndexError, MessageError) as error:
        raise SendError(f"{name}.Email {spec!r} is no address") from error


def _address(name: str, wanted: Any) -> str:
    if not isinstance(wanted, str) or "@" not in wanted or not wanted.isprintable() or " " in wanted:
        raise SendError(f"{name} must be an address, not {wanted!r}")
    return wanted


def _list(name: str, wanted: Any) -> list[Any]:
    if wanted is None:
        return []
    if not isinstance(wanted, list):
        raise SendError(f"{name} must be a list, not {wanted!r}")
    return wanted


def _text(name: str, wanted: Any) -> str:
    if wanted is None:
        return ""
    if not isinstance(wanted, str):
        raise SendError(f"{name} must be a text, not {wanted!r}")
    return wanted
