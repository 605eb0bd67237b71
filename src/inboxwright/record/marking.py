"""From what was seen to a timeline: known values get names, navigations their reason, codes their mail."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, datetime
from typing import Any

import pyotp

from inboxwright.errors import MatchError
from inboxwright.identity import Identity
from inboxwright.mail import MatchPolicy, Message
from inboxwright.record.mails import RecordedMail, holds_code, known_in, looks_like_code, plain
from inboxwright.record.markers import Known, mark, without_partial
from inboxwright.record.navigations import Navigations
from inboxwright.record.people import IDENTITY, join_boxes, meaning
from inboxwright.record.timeline import Step, Timeline, Value, become

_WORDED = ("path", "title", "heading", "value", "text", "note")
"""The attributes of a step in which a known value may stand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """Everything that a recording consists of before it is marked. Holds secrets: never print it."""

    name: str
    base_url: str
    steps: Sequence[Step] = field(repr=False)
    identity: Identity
    addresses: Sequence[str]
    """The user's own, then any more that were asked for in the panel."""
    passwords: Sequence[str] = field(default=(), repr=False)
    """More passwords that the panel offered."""
    mails: Sequence[RecordedMail] = field(default=(), repr=False)
    started: float = 0.0
    """Seconds since the epoch: RFC 6238 codes go by it."""
    link_hosts: tuple[str, ...] | None = None
    test_id_attribute: str = "data-testid"
    after: str = ""


def to_timeline(recording: Recording) -> Timeline:
    """Name every known value wherever it stands, and leave out what was seen but explains nothing."""
    return _Marking(recording).timeline()


class _Marking:
    def __init__(self, recording: Recording) -> None:
        self.recording = recording
        policy = MatchPolicy(link_hosts=recording.link_hosts)
        self.messages: list[Message] = [mail.parsed(policy) for mail in recording.mails]
        self.known: list[Known] = []
        self.secret: set[str] = set()
        self.steps = join_boxes(recording.steps)

    def timeline(self) -> Timeline:
        recording = self.recording
        self._addresses()
        self._mails()
        self._authenticator()
        self._codes()
        self._passwords()
        self._person()
        steps = Navigations(self.steps, self.messages, base_url=recording.base_url).explained()
        values = {item.name: Value(value=item.value, secret=item.name in self.secret) for item in self.known}
        for number, mail in enumerate(recording.mails, 1):
            values[f"mail{number}.raw"] = Value(value=mail.dumped())
        return Timeline(
            name=recording.name,
            base_url=recording.base_url,
            steps=tuple(self._marked(step) for step in steps),
            values=values,
            link_hosts=recording.link_hosts,
            test_id_attribute=recording.test_id_attribute,
            after=recording.after,
        )

    def _know(self, name: str, value: str, *, word: bool = False, secret: bool = True) -> None:
        if len(value) < 2 or any(item.value == value for item in self.known):
            return
        self.known.append(Known(name=name, value=value, word=word))
        if secret:
            self.secret.add(name)

    def _addresses(self) -> None:
        for number, address in enumerate(self.recording.addresses, 1):
            name = "inbox" if number == 1 else f"inbox{number}"
            self._know(f"{name}.address", address)
            self._know(f"{name}.local", address.rpartition("@")[0])

    def _mails(self) -> None:
        for number, message in enumerate(self.messages, 1):
            for item in known_in(number, message):
                self._know(item.name, item.value)
            with suppress(MatchError):  # a code counts as a secret even if nobody typed it
                self._know(f"mail{number}.code", message.code())

    def _authenticator(self) -> None:
        seen: list[tuple[int, str]] = []
        confirmed: set[str] = set()
        for index, step in enumerate(self.steps):
            if step.kind == "secret":
                seen.append((index, step.value))
            typed = plain(step.value) if step.kind == "fill" else ""
            if not (6 <= len(typed) <= 8 and typed.isdigit()):
                continue
            moment = datetime.fromtimestamp(self.recording.started + step.at / 1000, UTC)
            for _, secret in reversed(seen):
                if _verifies(secret, typed, moment):
                    confirmed.add(secret)
                    self._know(f"totp.code{index}", step.value)
                    self.steps[index] = replace(step, value="", code="totp.code")
                    break
        for index, secret in seen:
            if secret in confirmed:
                self._know("totp.secret", secret)
                groups = [secret[at : at + 4] for at in range(0, len(secret), 4)]
                self._know("totp.spaced", " ".join(groups))
                self._know("totp.dashed", "-".join(groups))
                self.steps[index] = replace(self.steps[index], value=secret)
        unconfirmed = {index for index, secret in seen if secret not in confirmed}
        self.steps = [step for index, step in enumerate(self.steps) if index not in unconfirmed]

    def _codes(self) -> None:
        """A typed code belongs to the latest mail, of those that had arrived, which shows it."""
        arrived: list[int] = []
        for index, step in enumerate(self.steps):
            if step.kind == "mail":
                arrived.append(step.mail)
            if step.kind not in {"fill", "paste"} or step.code or not looks_like_code(step.value):
                continue
            for number in reversed(arrived):
                if holds_code(self.messages[number - 1], step.value):
                    # the same mail may carry it in a link too
                    self.known = [item for item in self.known if item.value != step.value]
                    self._know(f"mail{number}.code", step.value)
                    self._know(f"mail{number}.plain", plain(step.value))
                    self.steps[index] = replace(step, value="", code=f"mail{number}.code")
                    break

    def _passwords(self) -> None:
        typed = [step.value for step in self.steps if step.kind == "fill" and _is_password(step) and step.value]
        offered = self.recording.identity.password
        names = {offered: "identity.password"} | {
            other: f"password{number}" for number, other in enumerate(self.recording.passwords, 2)
        }
        for value in dict.fromkeys(typed):
            if value not in names:  # a password of the person's own
                free = "identity.password" if offered not in typed and offered in names else f"password{len(names) + 1}"
                if free == "identity.password":
                    names.pop(offered)
                names[value] = free
        for value, name in names.items():
            self._know(name, value)

    def _person(self) -> None:
        """Names and the like count only once they were typed: a made-up city may well stand on any page."""
        identity = self.recording.identity
        own = {getattr(identity, name): name for name in IDENTITY if name != "password"}
        typed: dict[str, str] = {}
        for step in self.steps:
            if step.kind not in {"fill", "select"} or step.code:
                continue
            for value in (step.value, *step.options):
                asked = meaning(step.field)
                attribute = own.get(value) or (asked if asked in IDENTITY and step.kind == "fill" else "")
                if value and attribute and attribute not in typed:
                    typed[attribute] = value
        if "first_name" in typed and "last_name" in typed:
            typed.setdefault("name", f"{typed['first_name']} {typed['last_name']}")
        for attribute, value in typed.items():
            self._know(f"identity.{attribute}", value, word=True, secret=False)

    def _marked(self, step: Step) -> Step:
        text: dict[str, Any] = {name: mark(getattr(step, name), self.known) for name in _WORDED}
        if step.code:
            text |= {"value": f"⟦{step.code}⟧", "code": ""}
        for name in ("options", "boxes"):
            text[name] = tuple(mark(part, self.known) for part in getattr(step, name))
        field = step.field
        if field is not None:
            words: Mapping[str, str] = {
                item.name: mark(getattr(field, item.name), self.known)
                for item in fields(field)
                if item.name != "maxlength"
            }
            field = replace(field, **words)  # type: ignore[arg-type]  # its one number is left out above
        locator = step.locator
        if locator:
            cut = [item for item in self.known if item.name in self.secret and ".link" not in item.name]
            locator = without_partial(mark(locator, self.known), cut)
            if '("")' in locator and step.kind == "secret":
                locator = None  # it is found without its words
            elif '("")' in locator:
                note = f"{step.kind} on an element whose only words are a secret"
                return become(replace(step, locator=None, field=None), "missed", value="", note=note)
        return replace(step, field=field, locator=locator, **text)


def _is_password(step: Step) -> bool:
    return step.field is not None and step.field.type == "password"


def _verifies(secret: str, typed: str, moment: datetime) -> bool:
    try:
        return pyotp.TOTP(secret, digits=len(typed)).verify(typed, for_time=moment, valid_window=2)
    except ValueError:  # not base32 after all
        return False
