"""A stored message as Mailpit's REST API shows it: one entry a message, whatever the number of its recipients."""

import hashlib
import html
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.parser import BytesHeaderParser
from email.policy import compat32
from email.utils import getaddresses, parsedate_to_datetime
from typing import Any

from inboxwright.mail import Attachment, Message
from inboxwright.server.api.mailpit_parts import part_ids

_LINK = re.compile(r"<([^<>\s]+)>")
_HEADERS = BytesHeaderParser(policy=compat32)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One message with all its envelope recipients."""

    id: int
    sender: str
    received_at: float
    size: int
    raw: bytes
    recipients: tuple[str, ...]
    read: bool

    @property
    def message(self) -> Message:
        """Parsed."""
        recipient = self.recipients[0] if self.recipients else None
        return Message.parse(self.raw, recipient=recipient)


def addresses(value: str) -> list[dict[str, str]]:
    """The addresses of a header."""
    return [{"Name": name, "Address": address} for name, address in getaddresses([value]) if address]


def people(entry: Entry, message: Message) -> dict[str, Any]:
    """Who is in the headers; recipients that only the envelope knows are in Bcc."""
    named = {field: addresses(message.header(field)) for field in ("to", "cc", "bcc", "reply-to")}
    known = {person["Address"].lower() for field in ("to", "cc", "bcc") for person in named[field]}
    hidden = [{"Name": "", "Address": a} for a in entry.recipients if a.lower() not in known]
    sender = addresses(message.header("from")) or [{"Name": "", "Address": entry.sender}]
    return {
        "From": sender[0],
        "To": named["to"],
        "Cc": named["cc"],
        "Bcc": named["bcc"] + hidden,
        "ReplyTo": named["reply-to"],
    }


def _about(entry: Entry, message: Message) -> dict[str, Any]:
    return {
        "ID": str(entry.id),
        "MessageID": message.header("message-id").strip("<> "),
        **people(entry, message),
        "Subject": message.subject,
        "Tags": [],
        "Username": "",
        "Size": entry.size,
        "Read": entry.read,
    }


def summary(entry: Entry) -> dict[str, Any]:
    """For a list."""
    message = entry.message
    files = [each for each in message.attachments if not each.inline]
    return _about(entry, message) | {
        "Created": _timestamp(datetime.fromtimestamp(entry.received_at, UTC)),
        "Attachments": len(files),
        "Snippet": " ".join(message.text.split())[:250],
    }


def detail(entry: Entry) -> dict[str, Any]:
    """The whole message."""
    message = entry.message
    parts = list(zip(part_ids(entry.raw, message.attachments), message.attachments, strict=True))
    return _about(entry, message) | {
        "ReturnPath": entry.sender,
        "ListUnsubscribe": {
            "Header": message.header("list-unsubscribe"),
            "Links": _LINK.findall(_unfolded(message.header("list-unsubscribe"))),
            "Errors": "",
            "HeaderPost": message.header("list-unsubscribe-post"),
        },
        "Date": _timestamp(_date(message, entry)),
        "Text": message.text,
        "HTML": message.html,
        "Inline": [_part(identity, each) for identity, each in parts if each.inline],
        "Attachments": [_part(identity, each) for identity, each in parts if not each.inline],
    }


def unread_summary(entry: Entry) -> dict[str, Any]:
    """A message that cannot be read within its time: what its envelope says."""
    return {
        "ID": str(entry.id),
        "MessageID": "",
        "From": {"Name": "", "Address": entry.sender},
        "To": [{"Name": "", "Address": address} for address in entry.recipients],
        "Cc": [],
        "Bcc": [],
        "ReplyTo": [],
        "Subject": "",
        "Tags": [],
        "Username": "",
        "Size": entry.size,
        "Read": entry.read,
        "Created": _timestamp(datetime.fromtimestamp(entry.received_at, UTC)),
        "Attachments": 0,
        "Snippet": "",
    }


def unread_detail(entry: Entry, source: str) -> dict[str, Any]:
    """The same with its source as the text."""
    return unread_summary(entry) | {
        "ReturnPath": entry.sender,
        "ListUnsubscribe": {"Header": "", "Links": [], "Errors": "", "HeaderPost": ""},
        "Date": _timestamp(datetime.fromtimestamp(entry.received_at, UTC)),
        "Text": source,
        "HTML": "",
        "Inline": [],
        "Attachments": [],
    }


def headers(raw: bytes) -> dict[str, list[str]]:
    """All header fields under the names as Go writes them: Message-Id, Mime-Version."""
    found: dict[str, list[str]] = {}
    for name, value in _HEADERS.parsebytes(raw).items():
        written = "-".join(word.capitalize() for word in name.split("-"))
        found.setdefault(written, []).append(_unfolded(str(value)))
    return found


def _unfolded(value: str) -> str:
    """RFC 5322 section 2.2.3: a folded field is one line."""
    return " ".join(line.strip() for line in value.splitlines())


def view(entry: Entry, kind: str) -> str:
    """The page of `/view/ID.html`, or the text of `/view/ID.txt`."""
    message = entry.message
    return (message.html or f"<pre>{html.escape(message.text)}</pre>") if kind == "html" else message.text


def listing(
    entries: Sequence[dict[str, Any]], *, start: int, total: int, unread: int, found: int, found_unread: int
) -> dict[str, Any]:
    """One page of a list."""
    return {
        "total": total,
        "unread": unread,
        "count": len(entries),
        "messages_count": found,
        "messages_unread": found_unread,
        "start": start,
        "tags": [],
        "messages": list(entries),
    }


def _part(identity: str, each: Attachment) -> dict[str, Any]:
    return {
        "PartID": identity,
        "FileName": each.name or f"attachment-{identity}",
        "ContentType": each.content_type,
        "ContentID": each.content_id or "",
        "Size": len(each.content),
        "Checksums": {
            "MD5": hashlib.md5(each.content, usedforsecurity=False).hexdigest(),
            "SHA1": hashlib.sha1(each.content, usedforsecurity=False).hexdigest(),
            "SHA256": hashlib.sha256(each.content).hexdigest(),
        },
    }


def _date(message: Message, entry: Entry) -> datetime:
    try:
        date = parsedate_to_datetime(message.header("date"))
    except (ValueError, TypeError, IndexError, OverflowError):
        return datetime.fromtimestamp(entry.received_at, UTC)
    return date if date.tzinfo else date.replace(tzinfo=UTC)


def _timestamp(value: datetime) -> str:
    """RFC 3339 with milliseconds."""
    return value.isoformat(timespec="milliseconds")
