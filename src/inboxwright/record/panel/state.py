"""What the panel shows, as plain values. The recorded steps are masked; the person's own data is for typing in."""

import time
from collections.abc import Sequence
from typing import Any

import pyotp

from inboxwright.errors import MatchError
from inboxwright.identity import Identity
from inboxwright.mail import Message
from inboxwright.mail.urls.tokens import mask_text, mask_url
from inboxwright.record.kinds import KINDS
from inboxwright.record.mails import same_url, urls
from inboxwright.record.markers import Known, mark, pieces
from inboxwright.record.people import meaning
from inboxwright.record.timeline import Step


def person(identity: Identity, addresses: Sequence[str], passwords: Sequence[str]) -> list[dict[str, Any]]:
    """The rows with copy buttons."""
    rows = [
        {"label": "Email" if not n else f"Email {n + 1}", "value": value, "secret": False}
        for n, value in enumerate(addresses)
    ]
    every = [identity.password, *passwords]
    rows += [
        {"label": "Password" if not n else f"Password {n + 1}", "value": v, "secret": True} for n, v in enumerate(every)
    ]
    for label, value in (
        ("First name", identity.first_name), ("Last name", identity.last_name), ("User name", identity.username),
        ("Phone", identity.phone), ("Company", identity.company),
    ):  # fmt: skip
        rows.append({"label": label, "value": value, "secret": False})
    return rows


def mail(number: int, message: Message) -> dict[str, Any]:
    """One mail: its links with the likely one marked, and its codes."""
    main = _main_link(message)
    links = [
        {
            "index": index,
            "text": _words(message, url),
            "shown": mask_url(url),
            "url": url,
            "host": url.split("/")[2],
            "main": same_url(url, main),
        }
        for index, url in enumerate(urls(message), 1)
    ]
    return {
        "number": number, "subject": message.subject, "sender": message.sender, "recipient": message.recipient,
        "links": sorted(links, key=lambda link: not link["main"]), "codes": _codes(message),
    }  # fmt: skip


def _main_link(message: Message) -> str:
    try:
        return message.link().url
    except MatchError:
        return ""


def _codes(message: Message) -> list[str]:
    try:
        return [message.code()]
    except MatchError as error:
        likely = [
            candidate.value for candidate in error.candidates if candidate.kind == "code" and candidate.reason is None
        ]
        return list(dict.fromkeys(likely))[:4]


def _words(message: Message, url: str) -> str:
    try:
        text = message.link(path=url.split("?")[0].partition("://")[2].partition("/")[2].join(("/", ""))).text
    except MatchError:
        return ""
    return "" if "://" in text else text


def totp(secrets: Sequence[str]) -> dict[str, Any] | None:
    """The current code of the newest secret seen (RFC 6238, 30 s), and how long it lasts."""
    for secret in reversed(secrets):
        try:
            code = pyotp.TOTP(secret).now()
        except ValueError:  # it looked like base32 and is not
            continue
        return {"code": code, "seconds": 30 - int(time.time()) % 30}  # RFC 6238 counts by the wall clock
    return None


def steps(recorded: Sequence[Step], known: Sequence[Known]) -> list[dict[str, Any]]:
    """One line a step, in words; what was typed is shown by name, or hidden."""
    return [
        {"text": line(step, known), "missed": step.kind == "missed"}
        for step in recorded
        if step.row.panel or is_mailed_link(step, known)
    ]


def is_mailed_link(step: Step, known: Sequence[Known]) -> bool:
    """Whether the step is a navigation to what stands in a mail."""
    return step.kind == "navigate" and any(item.value == step.value for item in known)


def line(step: Step, known: Sequence[Known]) -> str:
    """A step in words, safe to show."""
    label = mask_text(_named(mark(step.field.label or step.field.name or step.field.tag, known))) if step.field else ""
    row = KINDS["link"] if step.kind == "navigate" else step.row
    match step.kind:
        case "fill" | "paste":
            value = typed(step, known)
        case "select":
            value = ", ".join(_named(mark(option, known)) for option in step.options)
        case "press":
            value = step.value
        case "open":
            value = mask_url(step.value)
        case "missed":
            value = mask_text(step.note)
        case _:
            value = mask_text(_named(mark(step.value, known)))
    words = row.panel if label else row.panel.replace(" in '{label}'", "").replace(" '{label}'", "")
    return words.format(label=label, value=value).strip()


def typed(step: Step, known: Sequence[Known]) -> str:
    """What was typed: by name if it is known, hidden if the field is for a secret, masked otherwise."""
    if meaning(step.field) == "password":
        return "password"
    return mask_text(_named(mark(step.value, known)))


def _named(marked: str) -> str:
    return "".join(f"<{name}>" if name else text for text, name in pieces(marked))
