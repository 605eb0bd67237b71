"""From an SMTP transaction to the store: the answer is given once the message is committed."""

import logging
import sqlite3
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from aiosmtpd.smtp import Envelope, Session, TLSSetupException

from inboxwright.address import normal
from inboxwright.server.deliveries import StoreFull
from inboxwright.server.fault_engine import Decision, Faults
from inboxwright.server.hub import Hub, Refusal
from inboxwright.server.serve_options import Demand, ServerOptions
from inboxwright.server.store import Store

log = logging.getLogger("inboxwright.server")


class Mail(Envelope):
    """One transaction, with what its MAIL and RCPT said besides the addresses."""

    def __init__(self) -> None:
        super().__init__()
        self.parameters: dict[str, str] = {}
        self.of_recipients: dict[str, dict[str, str]] = {}


class Intake:
    """aiosmtpd's handler: any address at any domain, filed by envelope recipient, nothing ever sent on."""

    def __init__(self, options: ServerOptions, store: Store, hub: Hub, faults: Faults) -> None:
        self._options = options
        self._store = store
        self._hub = hub
        self._faults = faults

    # -- hooks: aiosmtpd finds them by name ------------------------------------------------------------------------

    async def handle_EHLO(  # noqa: N802
        self, server: Any, session: Session, envelope: Envelope, hostname: str, lines: list[str]
    ) -> list[str]:
        """Announce what aiosmtpd does not, and nothing that is not configured; in one write."""
        session.host_name = hostname
        off = self._options.smtp_auth is Demand.OFF
        kept = [line for line in lines[1:-1] if not (off and line.startswith("250-AUTH"))]
        extra = ["250-DSN", "250-PIPELINING", "250-ENHANCEDSTATUSCODES", "250 HELP"]
        return ["\r\n".join([lines[0], *kept, *extra])]

    async def handle_MAIL(  # noqa: N802
        self, server: Any, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Any sender."""
        problem = _problem(address, envelope)
        if problem:
            return problem
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 2.1.0 Sender OK"

    async def handle_RCPT(  # noqa: N802
        self, server: Any, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Any recipient, unless a fault or a limit says otherwise."""
        if address in ("", "<>"):  # the null path is for senders (RFC 5321 section 4.5.5)
            return "553 5.1.3 A recipient must have an address"
        problem = _problem(address, envelope)
        if problem:
            return problem
        recipient = normal(address)
        if len(envelope.rcpt_tos) >= self._options.max_recipients:
            return f"452 4.5.3 Too many recipients: {self._options.max_recipients} at most"
        refused = self._faults.at_rcpt(recipient, envelope.mail_from or "", str((session.peer or ("",))[0]))
        if refused:
            return self._refuse([recipient], refused)
        if self._declared_too_big(envelope):
            return self._refuse([recipient], "452 4.3.1 The quota is used up")
        if recipient not in envelope.rcpt_tos:
            envelope.rcpt_tos.append(recipient)
        return "250 2.1.5 Recipient OK"

    async def handle_exception(self, error: Exception) -> str:
        """A defect of ours: say so, and keep the details to ourselves."""
        if not isinstance(error, TLSSetupException):  # that one is the client's, and stands in its dialogue
            log.error("an SMTP command failed", exc_info=error)
        return "451 4.3.0 Local error"

    # -- storing ---------------------------------------------------------------------------------------------------

    async def take(self, envelope: Envelope, raw: bytes) -> str | None:
        """Store one message. What to answer; None to close the connection without a word."""
        sender = envelope.mail_from if envelope.mail_from not in (None, "<>") else ""
        said = _said(envelope) if isinstance(envelope, Mail) else {}
        decision = self._faults.at_data(sender or "", envelope.rcpt_tos, raw, datetime.now(UTC), said)
        if decision.reply:
            return self._refuse(envelope.rcpt_tos, decision.reply)
        if decision.drop == "before":
            return None
        try:
            stored = await self._store.put(decision.parcels, release=decision.release)
        except StoreFull as error:
            return self._refuse(envelope.rcpt_tos, f"452 4.3.1 {error}")
        except sqlite3.Error as error:
            log.exception("a message could not be stored")
            return self._refuse(envelope.rcpt_tos, f"451 4.3.0 The message could not be stored: {error}")
        self._remember(decision, {held.address: held.id for held in stored.held})
        if decision.drop:
            return None
        names = [*(delivery.id for delivery in stored.deliveries), "held"]
        return f"250 2.0.0 OK: stored as {names[0]}"

    def _remember(self, decision: Decision, held: dict[str, int]) -> None:
        for rule, address in decision.remember:
            rule.state.setdefault(address, []).append(held[address])

    def _refuse(self, recipients: Iterable[str], reply: str) -> str:
        for recipient in recipients:
            self._hub.refuse(Refusal(recipient=recipient, code=int(reply[:3]), reason=reply[4:]))
        return reply

    def _declared_too_big(self, envelope: Envelope) -> bool:
        """Whether the size that MAIL declared (RFC 1870) does not fit; told at RCPT, when the waiter is known."""
        if self._store.max_storage is None:
            return False
        declared = [option[5:] for option in envelope.mail_options if option.startswith("SIZE=")]
        return bool(declared) and self._store.totals()[2] + int(declared[0]) > self._store.max_storage


def _said(envelope: Mail) -> dict[str, Any]:
    if not envelope.of_recipients:
        return envelope.parameters
    return {**envelope.parameters, "recipients": envelope.of_recipients}


def _problem(address: str, envelope: Envelope) -> str | None:
    """The reply for an address that cannot be taken as it is."""
    if address.isascii() or envelope.smtp_utf8:
        return None if address.isprintable() else "553 5.1.3 Malformed address"
    try:
        address.encode()
    except UnicodeEncodeError:
        return "553 5.1.3 Malformed address: not UTF-8"
    return "553 5.6.7 An address beyond ASCII needs SMTPUTF8"
