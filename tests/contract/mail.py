"""Mail for the conformance suite, and a way to send it with any envelope."""

import smtplib
from collections.abc import Sequence
from itertools import count

from inboxwright.retrying import retry_context

_NUMBERS = count(1)


def compose(to: str, subject: str = "Hello", body: str | bytes = "Hello.\r\n", *, extra: str = "") -> bytes:
    """A plain message with CRLF line ends and a Message-ID of its own."""
    head = (
        f"From: App <app@example.com>\r\nTo: {to}\r\nSubject: {subject}\r\n"
        f"Message-ID: <{next(_NUMBERS)}.{id(to)}@example.com>\r\nMIME-Version: 1.0\r\n{extra}\r\n"
    )
    return head.encode() + (body if isinstance(body, bytes) else body.encode())


def deliver(smtp: tuple[str, int], to: str | Sequence[str], message: bytes) -> None:
    """One SMTP transaction; returns when the server has answered 250."""
    recipients = [to] if isinstance(to, str) else list(to)
    with smtplib.SMTP(*smtp, timeout=30) as client:
        client.sendmail("bounces@example.com", recipients, message, mail_options=["BODY=8BITMIME"])


def _for_now(error: Exception) -> bool:
    return isinstance(error, smtplib.SMTPResponseException) and 400 <= error.smtp_code < 500


class Post:
    """Sends to one server."""

    def __init__(self, smtp: tuple[str, int]) -> None:
        self.smtp = smtp

    def __call__(self, to: str, subject: str = "Hello", *, header: str | None = None) -> None:
        deliver(self.smtp, to, compose(header or to, subject))

    def patiently(self, to: str, subject: str) -> None:
        """As a mail server does: what is refused for now is sent again (RFC 5321 section 4.5.4.1)."""
        for attempt in retry_context(on=_for_now, attempts=None, timeout=15.0, wait_initial=0.25, wait_max=1.0):
            with attempt:
                self(to, subject)

    def raw(self, to: str | Sequence[str], message: bytes) -> None:
        """The message as it is."""
        deliver(self.smtp, to, message)
