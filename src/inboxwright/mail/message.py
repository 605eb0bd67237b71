"""One received mail: parsed on demand, frozen, and asked for its one link or code."""

import gc
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import getaddresses, parsedate_to_datetime
from typing import TypeVar, cast

from inboxwright.mail import about
from inboxwright.mail import value as find_value
from inboxwright.mail.body import html as html_body
from inboxwright.mail.body import text as text_body
from inboxwright.mail.body.document import Document
from inboxwright.mail.codes import find as find_code
from inboxwright.mail.codes.wanted import Alphabet, WantedCode
from inboxwright.mail.links import find as find_link
from inboxwright.mail.links.wanted import WantedLink, wanted
from inboxwright.mail.mime import headers, parts
from inboxwright.mail.mime.authentication import Authentication, authenticate
from inboxwright.mail.urls.tokens import mask_text
from inboxwright.mail.value import WantedValue
from inboxwright.mail.values import Attachment, Link, MatchPolicy

PathPattern = str | re.Pattern[str]
TextPattern = str | re.Pattern[str]
T = TypeVar("T")

_ANY = MatchPolicy()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Message:
    """One received mail (RFC 5322). Holds the raw bytes; everything else is read from them when first asked for.

    >>> message = Message.parse(b"From: app@app.example\\nTo: kim@inbox.test\\nSubject: Hello\\n\\nWelcome, Kim.\\n")
    >>> message.sender, message.recipient, message.subject, message.text
    ('app@app.example', 'kim@inbox.test', 'Hello', 'Welcome, Kim.\\n')
    """

    raw: bytes
    recipient: str = ""
    """The envelope recipient (RFC 5321), or the first address of the To field when the envelope is not known."""
    received_at: datetime | None = None
    """When it was received, with a time zone; for people, never compared."""
    policy: MatchPolicy = _ANY
    _cache: dict[str, object] = field(default_factory=dict, init=False)

    @classmethod
    def parse(
        cls,
        raw: bytes,
        *,
        recipient: str | None = None,
        received_at: datetime | None = None,
        policy: MatchPolicy = _ANY,
    ) -> "Message":
        """Take the bytes as received. Never fails: whatever is broken in them reads as a mail client would show it.

        recipient: of the envelope (RFC 5321); without it the first address of Delivered-To or To.
        received_at: when; without it the date of the newest Received field. policy: what the project allows.

        >>> Message.parse(b"Subject: =?utf-8?q?Best=C3=A4tigen?=\\n\\nHallo\\n", recipient="kim@inbox.test").subject
        'Bestätigen'
        """
        raw = bytes(raw)
        fields, start = headers.split(raw, 0, len(raw))
        if recipient is None:
            named = (headers.address(headers.first(fields, name)) for name in ("delivered-to", "to"))
            recipient = next(filter(None, named), "")
        if received_at is None:
            received_at = _date(fields)
        message = cls(raw=raw, recipient=recipient, received_at=received_at, policy=policy)
        message._cache["fields"] = (fields, start)
        return message

    def _once(self, key: str, make: Callable[[], T]) -> T:
        if key not in self._cache:
            self._cache[key] = make()
        return cast("T", self._cache[key])  # each key is only ever made by one function

    @property
    def _fields(self) -> tuple[headers.Fields, int]:
        return self._once("fields", lambda: headers.split(self.raw, 0, len(self.raw)))

    @property
    def _bodies(self) -> parts.Bodies:
        return self._once("bodies", lambda: parts.bodies(self.raw, *self._fields))

    def header(self, name: str) -> str:
        """The first field of this name, decoded (RFC 2047), or the empty string.

        >>> Message.parse(b"Reply-To: help@app.example\\n\\n").header("reply-to")
        'help@app.example'
        """
        return headers.words(headers.first(self._fields[0], name.lower()))

    @property
    def subject(self) -> str:
        """Decoded (RFC 2047), white space folded; empty when there is none."""
        return self._once("subject", lambda: " ".join(self.header("subject").split()))

    @property
    def sender(self) -> str:
        """The address of the From field, without its name; empty when there is none."""
        return self._once("sender", lambda: headers.address(headers.first(self._fields[0], "from")))

    def headers(self, name: str) -> tuple[str, ...]:
        """All fields of this name in their order, decoded (RFC 2047); none if it is not there."""
        wanted = name.lower()
        return tuple(headers.words(headers.unfold(value)) for key, value in self._fields[0] if key == wanted)

    @property
    def message_id(self) -> str:
        """What answers refer to, without its angle brackets (RFC 5322 section 3.6.4); empty when there is none."""
        return next(iter(headers.message_ids(self.headers("message-id"))), "")

    @property
    def in_reply_to(self) -> tuple[str, ...]:
        """The Message-IDs that it answers, without angle brackets."""
        return headers.message_ids(self.headers("in-reply-to"))

    @property
    def references(self) -> tuple[str, ...]:
        """The Message-IDs of the conversation, oldest first, without angle brackets."""
        return headers.message_ids(self.headers("references"))

    @property
    def thread(self) -> str:
        """The Message-ID that began the conversation; its own where it answers nothing."""
        return next(iter((*self.references, *self.in_reply_to)), self.message_id)

    @property
    def to(self) -> tuple[str, ...]:
        """The addresses of the To fields, without names; the envelope's is `recipient`."""
        return _addresses(self.headers("to"))

    @property
    def cc(self) -> tuple[str, ...]:
        """The addresses of the Cc fields, without names."""
        return _addresses(self.headers("cc"))

    @property
    def reply_to(self) -> tuple[str, ...]:
        """Where an answer goes: the Reply-To addresses, else the sender's (RFC 5322 section 3.6.2)."""
        return _addresses(self.headers("reply-to")) or ((self.sender,) if self.sender else ())

    @property
    def date(self) -> datetime | None:
        """When its sender says it was written (the Date field); None when there is none that can be read."""
        try:
            return parsedate_to_datetime(self.header("date"))
        except (ValueError, TypeError, IndexError, OverflowError):
            return None

    @property
    def text(self) -> str:
        """The plain text body, line ends as "\\n"; empty when there is none."""
        return self._bodies.text

    @property
    def html(self) -> str:
        """The HTML body as sent; empty when there is none."""
        return self._bodies.html

    @property
    def attachments(self) -> tuple[Attachment, ...]:
        """Attached files, inline images, and messages forwarded as attachments."""
        return self._bodies.attachments

    @property
    def authentication(self) -> Authentication:
        """Who vouches for the sender: SPF, DKIM and DMARC (RFC 7208, 6376, 7489), and who checked it."""
        return self._once("authentication", lambda: authenticate(self.raw, self._fields[0], self.policy))

    def link(
        self,
        *,
        hosts: str | Iterable[str] | None = None,
        path: PathPattern | None = None,
        text: TextPattern | None = None,
    ) -> Link:
        """Return the one link that matches.

        hosts: "host" (its scheme's default port) or "host:port"; None means what the project allows.
        path: exact ("/welcome"), a template ("/confirm/{token}", one segment each), or a compiled pattern that is
            searched in the URL's path. text: the link's words, or a compiled pattern that is searched in them.
        Without path and text it is the one link with a token that the mail asks to follow.

        Raises NoMatch or AmbiguousMatch; they name every candidate and the argument that would decide.

        >>> message = Message.parse(b"\\nConfirm: https://app.example/confirm/Vq8Zr2LmX0tKp4NsWd7YbGcJ\\n")
        >>> message.link(path="/confirm/{token}").url
        'https://app.example/confirm/Vq8Zr2LmX0tKp4NsWd7YbGcJ'
        >>> message.link(hosts="other.example")
        Traceback (most recent call last):
            ...
        inboxwright.errors.NoMatch: link(hosts=other.example): no link asks for an action (mail '' from nobody)
        looked at and rejected:
          https://app.example/confirm/Vq…  [text]  “Confirm”
              its host is not allowed: app.example
        what would decide:
          hosts='app.example' or, in the configuration, allowedLinkHosts if that is the application; clickTrackers if \
it is its click tracker
        """
        want = wanted(hosts, self.policy.link_hosts, path, text)
        return self.examine_link(want).link(where=self._where())

    def examine_link(self, want: WantedLink) -> find_link.Examined:
        """Every link and the rule that rejected it; for `inboxwright.mail.explain`."""
        unsubscribe = self.header("list-unsubscribe")
        with _collector_paused(len(self.raw)):
            return find_link.examine(self._documents, want, self.policy, unsubscribe, errand=self._errand)

    @property
    def _errand(self) -> str | None:
        return self._once("errand", lambda: about.errand(self.subject, self._documents, self._bodies.content_types))

    def _where(self) -> str:
        return f"mail {mask_text(self.subject)!r} from {self.sender or 'nobody'}"

    @property
    def _documents(self) -> tuple[Document, ...]:
        return self._once("documents", lambda: (html_body.build(self.html), text_body.build(self.text)))

    def code(self, *, length: int | None = None, alphabet: Alphabet | None = None, label: str | None = None) -> str:
        """Return the one code that a person would type into the form.

        length: without spaces and hyphens. alphabet: "digits" or "alnum". label: words that stand beside the code.

        Raises NoMatch or AmbiguousMatch; they name every candidate and the argument that would decide.

        >>> Message.parse(b"\\nYour code is 483 920. Your order is 771204.\\n").code()
        '483920'
        """
        want = WantedCode(length=length, alphabet=alphabet, label=label)
        return self.examine_code(want).code(where=self._where())

    def examine_code(self, want: WantedCode) -> find_code.Examined:
        """Everything that looks like a code and what rules it out; for `inboxwright.mail.explain`."""
        with _collector_paused(len(self.raw)):
            return find_code.examine(self.subject, self._documents, want, errand=self._errand)

    def value(self, *, after: str | None = None, before: str | None = None, line: str | None = None) -> str:
        """Return the one word that stands there, of any shape: a mailed password, a user name.

        after: words directly before it; it may stand alone on the next line. before: words, or the mark, directly
        behind it. line: words on its line or, where they fill a line, on the line above it. Case and white space are
        folded. Quotation marks around it are taken off.

        Raises ValueError without any of the three; NoMatch or AmbiguousMatch, which show what stands there.

        >>> Message.parse(b"\\nUser name: kim\\nTemporary password: x4kw9-pt\\n").value(after="Temporary password:")
        'x4kw9-pt'
        """
        return self.examine_value(WantedValue(after=after, before=before, line=line)).value(where=self._where())

    def examine_value(self, want: WantedValue) -> find_value.Examined:
        """What stands at the places that the call names; for `inboxwright.mail.explain`."""
        return find_value.examine(self._documents, want)

    def __repr__(self) -> str:
        return f"Message({mask_text(self.subject)!r} from {self.sender or 'nobody'} to {self.recipient or 'nobody'})"

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild, (self.raw, self.recipient, self.received_at, self.policy)


def _rebuild(raw: bytes, recipient: str, received_at: datetime | None, policy: MatchPolicy) -> Message:
    return Message(raw=raw, recipient=recipient, received_at=received_at, policy=policy)


def _addresses(values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(address for _, address in getaddresses(list(values)) if "@" in address)


def _date(fields: headers.Fields) -> datetime | None:
    """The date in the newest Received field, which the receiver itself wrote (RFC 5321 section 4.4)."""
    try:
        return parsedate_to_datetime(headers.first(fields, "received").rpartition(";")[2])
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


_LARGE = 500_000  # bytes; an ordinary mail has 10,000 to 100,000


@contextmanager
def _collector_paused(size: int) -> Iterator[None]:
    """Pause cyclic collection while a large message is read: nothing of it is garbage before the end.

    Measured: 40 % of the time for 100,000 links. Two threads at once at worst get collection back early.
    """
    if size < _LARGE or not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
