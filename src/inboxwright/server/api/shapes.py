"""A stored message as the native API shows it."""

import base64
import re
from email.utils import getaddresses
from typing import Any
from urllib.parse import unquote

from inboxwright.address import run_of
from inboxwright.errors import MatchError
from inboxwright.mail import Attachment, Message
from inboxwright.server.deliveries import Delivery

_NOTHING = re.compile(r"(?!)")
_REFERENCE = re.compile(r"cid:([^\s\"'<>()]+)")
_ROOM = 32 * 1024 * 1024
"""Characters of images that are put into one HTML: the same one may be named a thousand times."""
_MEDIA_TYPE = re.compile(r"[\w!#$%&'*+.^`|~-]+/[\w!#$%&'*+.^`|~-]+", re.ASCII)


def parsed(delivery: Delivery) -> Message:
    """The message with its envelope."""
    return Message.parse(delivery.raw, recipient=delivery.recipient, received_at=delivery.received_at)


def people(value: str) -> list[dict[str, str]]:
    """Names and addresses of an address header (RFC 5322 section 3.4)."""
    return [{"name": name, "address": address} for name, address in getaddresses([value]) if address]


def summary(delivery: Delivery, message: Message | None = None) -> dict[str, Any]:
    """Enough for a list."""
    message = message or parsed(delivery)
    return {
        "seq": delivery.seq,
        "id": delivery.id,
        "recipient": delivery.recipient,
        "run": run_of(delivery.recipient),
        "sender": delivery.sender,
        "from": message.header("from"),
        "subject": message.subject,
        "received_at": delivery.received_at.isoformat(),
        "size": delivery.size,
    }


def detail(delivery: Delivery) -> dict[str, Any]:
    """All that a person wants to see of it."""
    message = parsed(delivery)
    return summary(delivery, message) | {
        "to": message.header("to"),
        "cc": message.header("cc"),
        "said": dict(delivery.said),
        "date": message.header("date"),
        "text": message.text,
        "has_html": bool(message.html),
        "links": links(message),
        "codes": codes(message),
        "attachments": [attachment(number, each) for number, each in enumerate(message.attachments)],
    }


def html_of(delivery: Delivery) -> str:
    """The HTML for people."""
    return html_for_people(parsed(delivery))


def attachment_of(delivery: Delivery, number: int) -> tuple[str, str, bytes] | None:
    """Name, media type and content of one attachment; None if there is none of this number."""
    attachments = parsed(delivery).attachments
    if number >= len(attachments):
        return None
    each = attachments[number]
    return each.name or f"attachment-{number + 1}", media_type(each), each.content


def media_type(value: Attachment) -> str:
    """What an HTTP header can say of its type (RFC 9110 section 8.3.1); mail may claim anything."""
    return value.content_type if _MEDIA_TYPE.fullmatch(value.content_type) else "application/octet-stream"


def attachment(number: int, value: Attachment) -> dict[str, Any]:
    """One attached file without its content."""
    return {
        "number": number,
        "name": value.name or f"attachment-{number + 1}",
        "content_type": value.content_type,
        "size": len(value.content),
        "inline": value.inline,
    }


def links(message: Message) -> list[dict[str, Any]]:
    """Every link; `best` marks the one that `message.link()` returns."""
    try:
        best: str | None = message.link().url
    except MatchError:
        best = None
    try:
        message.link(text=_NOTHING)
    except MatchError as error:
        urls = {each.value: each.excerpt.removeprefix("button: ") for each in error.candidates}
    else:
        urls = {}
    shown = [{"url": url, "text": text, "best": url == best} for url, text in urls.items()]
    return sorted(shown, key=lambda link: not link["best"])


def codes(message: Message) -> list[str]:
    """The code that `message.code()` returns, or those among which it would not choose."""
    try:
        return [message.code()]
    except MatchError as error:
        return [candidate.value for candidate in error.candidates if candidate.reason is None]


def html_for_people(message: Message) -> str:
    """The HTML with the images that came along put into it (RFC 2392), since nothing may be loaded."""
    images = {
        each.content_id: f"data:{media_type(each)};base64,{base64.b64encode(each.content).decode()}"
        for each in message.attachments
        if each.content_id and each.content_type.startswith("image/")
    }
    room = _ROOM

    def put_in(reference: re.Match[str]) -> str:
        nonlocal room
        image = images.get(unquote(reference[1]))
        if image is None or len(image) > room:
            return reference[0]
        room -= len(image)
        return image

    return _REFERENCE.sub(put_in, message.html)
