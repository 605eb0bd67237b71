"""One IMAP connection, blocking: opened when it is needed, its errors as ours."""

import contextlib
import socket
import ssl
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

import imapclient
from imapclient.exceptions import IMAPClientError, LoginError

from inboxwright.errors import AccessDenied, ProviderError, ProviderUnavailable, QuotaExceeded

T = TypeVar("T")

_CONNECT, _READ = 5.0, 20.0
"""Seconds that a server may take to answer; a wait's own deadline cuts a slow answer off before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImapAccount:
    """Where the mailbox is."""

    host: str
    port: int
    security: str
    username: str
    password: str = field(repr=False)
    mailbox: str

    def error(self, error: Exception) -> ProviderError:
        """What a library's error means for whoever waits for mail."""
        if isinstance(error, ProviderError):
            return error
        where, said = f"IMAP server {self.host}:{self.port}", str(error) or type(error).__name__
        if any(code in said for code in ("[OVERQUOTA]", "[LIMIT]", "[INUSE]")):  # RFC 5530 section 3
            return QuotaExceeded(f"the {where} has no more to give: {said}")
        if isinstance(error, LoginError) and "[UNAVAILABLE]" not in said:
            return AccessDenied(f"the {where} refuses {self.username!r}; check inbox.username and inbox.password")
        return ProviderUnavailable(f"the {where} does not answer ({said}); check inbox.host and inbox.port")


class ImapSession:
    """A connection with the folder selected, read-only until something is deleted."""

    def __init__(self, account: ImapAccount) -> None:
        self._account = account
        self._client: Any = None
        self.validity = 0
        """UIDVALIDITY (RFC 9051 section 2.3.1.1): with another one, all UIDs mean nothing."""
        self.next_uid = 1
        """UIDNEXT when the folder was selected."""

    def run(self, command: Callable[[Any], T]) -> T:
        """Call with the connected client. A failure closes the connection. Raises a ProviderError."""
        try:
            if self._client is None:
                self._client = self.connect()
            return command(self._client)
        except (IMAPClientError, OSError, ValueError) as error:
            self.close()
            raise self._account.error(error) from error

    def connect(self) -> Any:
        """A client that is logged in, with the folder selected."""
        account = self._account
        client = imapclient.IMAPClient(
            account.host,
            port=account.port,
            ssl=account.security == "tls",
            timeout=imapclient.SocketTimeout(connect=_CONNECT, read=_READ),
        )
        try:
            _acknowledge_at_once(client)
            if account.security == "starttls":
                client.starttls(ssl.create_default_context())
            client.login(account.username, account.password)
            self.select(client, readonly=True)
        except BaseException:
            with contextlib.suppress(Exception):
                client.shutdown()
            raise
        return client

    @property
    def mailbox(self) -> str:
        """The folder."""
        return self._account.mailbox

    def select(self, client: Any, *, readonly: bool) -> None:
        """Select the folder and note what its UIDs are worth."""
        state = client.select_folder(self._account.mailbox, readonly=readonly)
        self.validity = int(state[b"UIDVALIDITY"])
        self.next_uid = int(state.get(b"UIDNEXT", 1))

    def close(self) -> None:
        """Drop the connection; the next command opens another."""
        client, self._client = self._client, None
        if client is not None:
            with contextlib.suppress(Exception):  # it may be dead already, and that is fine
                client.shutdown()


def _acknowledge_at_once(client: Any) -> None:
    """Spare each command the 40 ms of a delayed ACK (RFC 1122 section 4.2.3.2).

    A server that writes an answer in pieces and leaves Nagle's algorithm on (GreenMail) holds the last piece back until
    the first is acknowledged. Linux forgets the option as data is sent, so it is set anew after each command.
    """
    if sys.platform != "linux":
        return
    imap = client._imap  # imapclient has no hook between its commands and their socket
    plain = imap.send

    def send(data: bytes) -> None:
        plain(data)
        client.socket().setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)

    imap.send = send
