"""A session as the panel shows it."""

from typing import Any, Protocol

from inboxwright.identity import Identity
from inboxwright.inbox import AsyncInbox
from inboxwright.mail import Message
from inboxwright.record.mails import known_in
from inboxwright.record.markers import Known
from inboxwright.record.panel import state as shown
from inboxwright.record.people import IDENTITY, join_boxes
from inboxwright.record.picking import Picked
from inboxwright.record.recorder import Recorder


class Named(Protocol):
    """What is recorded."""

    @property
    def name(self) -> str:
        """The journey's name."""


class Subject(Protocol):
    """What of a session is shown."""

    recorder: Recorder
    inboxes: list[AsyncInbox]
    passwords: list[str]
    messages: list[Message]
    identity: Identity
    picked: Picked | None
    status: str
    report: str
    trouble: str
    driven: bool

    @property
    def settings(self) -> Named:
        """What is recorded."""


def _question(session: Subject) -> dict[str, Any] | None:
    """What the person has to answer now: a dialog of the page, or what to assert of a picked element."""
    if dialog := session.recorder.dialog:
        answers = [{"label": "OK", "send": "accept", "main": True}]
        if dialog.type != "alert":
            answers.append({"label": "Cancel", "send": "dismiss", "main": False})
        text = dialog.default_value if dialog.type == "prompt" else None
        return {"kind": "dialog", "words": f"The page asks: {dialog.message}", "answers": answers, "text": text}
    if session.picked:
        text = session.picked.text
        answers = [{"label": "Is visible", "send": "assert_visible", "main": True}]
        if text:
            answers.append({"label": "Has this text", "send": "assert_text", "main": False})
        if session.picked.value:
            answers.append({"label": "Has this value", "send": "assert_value", "main": False})
        answers.append({"label": "Cancel", "send": "cancel", "main": False})
        words = f"Assert that {session.picked.code}" + (f", which says “{text[:120]}”" if text else "")
        return {"kind": "asserted", "words": words, "answers": answers, "text": None}
    return None


def view(session: Subject) -> dict[str, Any]:
    """Everything that the panel shows at this moment."""
    steps = join_boxes([entry.step for entry in session.recorder.entries])
    addresses = [inbox.address for inbox in session.inboxes]
    return {
        "name": session.settings.name.replace("_", " "),
        "status": session.status,
        "driven": session.driven,
        "person": shown.person(session.identity, addresses, session.passwords),
        "mails": [shown.mail(number, message) for number, message in enumerate(session.messages, 1)],
        "totp": shown.totp(session.recorder.secrets),
        "steps": shown.steps(steps, known(session)),
        "question": _question(session),
        "report": session.report or session.trouble,
    }


def known(session: Subject) -> list[Known]:
    """All values that a display must not show."""
    found = [Known(name="address", value=inbox.address) for inbox in session.inboxes]
    found += [Known(name="password", value=value) for value in (session.identity.password, *session.passwords)]
    found += [
        Known(name=name.replace("_", " "), value=getattr(session.identity, name), word=True) for name in IDENTITY[1:]
    ]
    found += [Known(name="secret", value=secret) for secret in session.recorder.secrets]
    for number, message in enumerate(session.messages, 1):
        found += [Known(name="token", value=item.value) for item in known_in(number, message)]
    return found
