"""SMTP (RFC 5321) on aiosmtpd's commands, with DATA read in blocks and an enhanced status code in every reply."""

import asyncio
import re
import ssl
from collections import defaultdict
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, TLSSetupException

from inboxwright.server.connections import Connections
from inboxwright.server.dialogues import Dialogue, Dialogues
from inboxwright.server.intake import Intake, Mail
from inboxwright.server.replies import enhanced
from inboxwright.server.serve_options import Demand, ServerOptions
from inboxwright.server.smtp_parameters import OF_MAIL, OF_RCPT, ParameterError, taken

_END = b"\r\n.\r\n"
_PLAIN = re.compile(r"<([\w.+=-]{1,64}@[A-Za-z0-9.-]{1,255})>((?: .*)?)", re.ASCII)
_BLOCK = 256 * 1024
_COMMAND = 1024
"""Octets in a command line: RFC 5321 section 4.5.3.1.4 asks for 512, extensions and UTF-8 need more."""


class Protocol(SMTP):
    """One connection."""

    line_length_limit = _BLOCK  # of the stream reader's buffer; the limits of RFC 5321 are checked where they apply
    command_size_limit = _COMMAND
    AuthLoginUsernameChallenge = "Username:"  # some clients compare what they are asked with what everybody else asks
    AuthLoginPasswordChallenge = "Password:"

    def __init__(
        self,
        options: ServerOptions,
        intake: Intake,
        connections: Connections,
        dialogues: Dialogues,
        tls: ssl.SSLContext | None,
    ) -> None:
        offered = options.smtp_auth is not Demand.OFF
        super().__init__(
            intake,
            data_size_limit=options.max_message_size,
            enable_SMTPUTF8=True,
            hostname="inboxwright",
            ident="ESMTP",
            timeout=2 * options.idle_timeout,  # a last resort: `connections` ends idle ones, with a reply
            tls_context=tls,
            require_starttls=options.tls is Demand.REQUIRED,
            # With a certificate that somebody trusts, passwords wait for STARTTLS; one made for the day protects
            # nothing that the loopback address does not.
            auth_require_tls=options.tls_certificate is not None,
            auth_required=options.smtp_auth is Demand.REQUIRED,
            auth_exclude_mechanism=() if offered else ("LOGIN", "PLAIN"),
            authenticator=self._check if offered else None,
            loop=asyncio.get_running_loop(),
        )
        self.command_size_limits = defaultdict(lambda: _COMMAND, AUTH=12_288)  # RFC 4954 section 4
        self._options = options
        self._intake = intake
        self._connections = connections
        self._dialogues = dialogues
        self._dialogue: Dialogue | None = None
        self._smtp_methods = {name: self._heard(name, method) for name, method in self._smtp_methods.items()}
        self._admitted = False
        self._greeting = False

    # -- the connection -----------------------------------------------------------------------------------------------

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Take part in the limits before the first reply."""
        if not self._admitted and not self._connections.admit(self, transport):
            return
        self._admitted = True
        if self._dialogue is None:
            self._dialogue = self._dialogues.begin(str((transport.get_extra_info("peername") or ("",))[0]))
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        """Make room for others."""
        if self._admitted:
            self._connections.forget(self)
            if self._dialogue is not None:
                self._dialogue.end()
            super().connection_lost(error)

    async def push(self, status: bytes | str) -> None:
        """Send one reply. 421 always ends the connection (RFC 5321 section 3.8)."""
        reply = status.encode() if isinstance(status, str) else status
        self._connections.progress(self)
        reply = reply if self._greeting else enhanced(reply)
        if self._dialogue is not None:
            self._dialogue.answered(reply.decode("utf-8", "replace"))
        await super().push(reply)
        if reply.startswith(b"421") and self.transport is not None:
            self.transport.close()

    def dismiss(self, reply: bytes) -> None:
        """End the connection with a last reply."""
        if isinstance(self.transport, asyncio.WriteTransport):
            self.transport.write(reply + b"\r\n")
            self.transport.close()

    def _getaddr(self, arg: str) -> tuple[str | None, str | None]:
        """aiosmtpd's takes 60 microseconds, a sixth of a mail; the address that nearly everybody has needs none."""
        plain = _PLAIN.fullmatch(arg)
        return (plain[1], plain[2]) if plain else super()._getaddr(arg)

    def _heard(self, name: str, method: Any) -> Any:
        async def heard(argument: str | None) -> None:
            if self._dialogue is not None:
                self._dialogue.said(name, argument)
            await method(argument)

        return heard

    def _create_envelope(self) -> Envelope:
        return Mail()

    # -- commands -----------------------------------------------------------------------------------------------------

    async def smtp_HELO(self, hostname: str) -> None:  # noqa: N802 - aiosmtpd finds commands by name
        """Replies to it carry no enhanced code (RFC 2034 section 4)."""
        await self._greet(super().smtp_HELO, hostname)

    async def smtp_EHLO(self, hostname: str) -> None:  # noqa: N802
        """Replies to it carry no enhanced code (RFC 2034 section 4)."""
        await self._greet(super().smtp_EHLO, hostname)

    async def _greet(self, command: Any, hostname: str) -> None:
        self._greeting = True
        try:
            await command(hostname)
        finally:
            self._greeting = False

    async def smtp_AUTH(self, arg: str) -> None:  # noqa: N802
        """Only where it is configured."""
        if self._options.smtp_auth is Demand.OFF:
            await self.push("502 5.5.1 AUTH is switched off: inbox.smtpAuth, inboxwright serve --smtp-auth")
        else:
            await super().smtp_AUTH(arg)

    def _check(self, *about: Any) -> AuthResult:
        options = self._options
        offered: LoginPassword = about[-1]
        known = options.smtp_user is None or (
            offered.login == options.smtp_user.encode() and offered.password == options.smtp_password.encode()
        )
        return AuthResult(success=known, handled=False, auth_data=offered)

    async def smtp_STARTTLS(self, arg: str) -> None:  # noqa: N802
        """A handshake that fails is kept with the dialogue: the client has no other way to say why it left."""
        try:
            await super().smtp_STARTTLS(arg)
        except TLSSetupException as error:
            if self._dialogue is not None:
                self._dialogue.note(f"the TLS handshake failed: {error.__cause__}")
            raise

    async def smtp_MAIL(self, arg: str | None) -> None:  # noqa: N802
        """With what RFC 4954 and RFC 3461 let a client say of the whole message."""
        names = OF_MAIL if self._options.smtp_auth is not Demand.OFF else OF_MAIL - {"AUTH"}
        try:
            rest, found = taken(arg or "", names)
        except ParameterError as error:
            await self.push(str(error))
            return
        nested = self.envelope is not None and self.envelope.mail_from is not None
        await super().smtp_MAIL(rest or arg)
        if found and not nested and isinstance(self.envelope, Mail) and self.envelope.mail_from is not None:
            self.envelope.parameters = found

    async def smtp_RCPT(self, arg: str | None) -> None:  # noqa: N802
        """With what RFC 3461 lets a client say of one recipient."""
        try:
            rest, found = taken(arg or "", OF_RCPT)
        except ParameterError as error:
            await self.push(str(error))
            return
        envelope = self.envelope
        before = len(envelope.rcpt_tos) if envelope is not None else 0
        await super().smtp_RCPT(rest or arg)
        if found and isinstance(envelope, Mail) and len(envelope.rcpt_tos) > before:
            envelope.of_recipients[envelope.rcpt_tos[-1]] = found

    async def smtp_DATA(self, arg: str | None) -> None:  # noqa: N802
        """Read the message up to CRLF.CRLF and nothing else (RFC 5321 section 4.1.1.4), and store it."""
        if await self.check_helo_needed() or await self.check_auth_needed("DATA"):
            return
        envelope = self.envelope
        if arg:
            await self.push("501 Syntax: DATA")
        elif envelope is None or not envelope.rcpt_tos:
            await self.push("503 Error: need RCPT command")
        else:
            await self.push("354 End data with <CR><LF>.<CR><LF>")
            raw = await self._read_message()
            self.envelope = self._create_envelope()
            if isinstance(raw, str):
                await self.push(raw)
                return
            login = self.session.login_data if self.session is not None else None
            if login and isinstance(envelope, Mail):
                envelope.parameters["username"] = login.decode("utf-8", "replace")
            status = await self._intake.take(envelope, raw)
            if status is not None:
                await self.push(status)
            elif self.transport is not None:
                self.transport.close()

    async def _read_message(self) -> bytes | str:
        """The message without its dots of transparency, or the reply that refuses it."""
        reader = self._reader
        limit = self._options.max_message_size
        # The line break before the final dot may be the one that ended the DATA command.
        block = await reader.readexactly(3)
        if block == b".\r\n":
            return b""
        while not block.endswith(_END) and block.endswith((b"\r", b"\r\n", b"\r\n.", b"\r\n.\r")):
            block += await reader.readexactly(1)
        blocks = [block]
        size = len(block)
        while not block.endswith(_END):
            try:
                block = await reader.readuntil(_END)
            except asyncio.LimitOverrunError as overrun:
                block = await reader.readexactly(overrun.consumed)
            size += len(block)
            if size <= limit + len(_END):
                blocks.append(block)
            elif size > 4 * limit + _BLOCK:
                return "421 4.3.0 Message far too big, closing the connection"
            else:
                blocks.clear()  # read on: the reply comes after the data (RFC 5321 section 4.2.5)
        if size > limit + len(_END):
            return f"552 5.3.4 Message too big: {limit} bytes at most"
        raw = b"".join(blocks)[:-3]
        if _longer(raw, self._options.max_line_length):
            return f"500 5.5.2 Line too long: {self._options.max_line_length} octets at most"
        return raw.removeprefix(b".").replace(b"\r\n.", b"\r\n")


def _longer(raw: bytes, most: int) -> bool:
    """Whether a line has more octets, its LF aside. Looks at the line breaks only as often as it has to."""
    start = 0
    while start + most < len(raw):
        end = raw.rfind(b"\n", start, start + most + 1)
        if end < 0:
            return True
        start = end + 1
    return False
