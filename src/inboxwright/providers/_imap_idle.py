"""IDLE (RFC 2177) in a thread of its own: it only says that something arrived."""

import contextlib
import threading
import time
from collections.abc import Callable
from typing import Any

from imapclient.exceptions import IMAPClientError

from inboxwright.providers._imap_session import ImapSession
from inboxwright.providers.listing import Interval

_RENEW = 9 * 60.0
"""Seconds after which IDLE is begun anew: well below the 29 minutes after which a server may hang up."""
_CHECK = 30.0


class ImapIdle(threading.Thread):
    """Calls `arrived` when the folder has grown, and `connected` as it can and cannot hear; from its own thread."""

    def __init__(self, session: ImapSession, *, arrived: Callable[[], None], connected: Callable[[bool], None]) -> None:
        super().__init__(name="inboxwright imap idle", daemon=True)
        self._session = session
        self._arrived = arrived
        self._connected = connected
        self._stop_asked = threading.Event()
        self._client: Any = None

    def run(self) -> None:
        """Until `stop`."""
        interval = Interval()
        while not self._stop_asked.is_set():
            try:
                self._client = self._session.connect()
                if not self._client.has_capability("IDLE"):
                    return
                interval.reset()
                self._idle(self._client)
            except (IMAPClientError, OSError, ValueError):
                pass  # the next look says whether the server is there at all
            finally:
                self._hang_up()
                self._connected(False)  # noqa: FBT003 - a state
            self._stop_asked.wait(interval.next(pushing=False))

    def _idle(self, client: Any) -> None:
        while not self._stop_asked.is_set():
            client.idle()
            self._connected(True)  # noqa: FBT003 - a state
            renew = time.monotonic() + _RENEW
            while time.monotonic() < renew and not self._stop_asked.is_set():
                if any(b"EXISTS" in response for response in client.idle_check(timeout=_CHECK)):
                    self._arrived()
            client.idle_done()

    def stop(self) -> None:
        """Hang up, which ends a check that waits."""
        self._stop_asked.set()
        self._hang_up()

    def _hang_up(self) -> None:
        client, self._client = self._client, None
        if client is not None:
            with contextlib.suppress(Exception):  # it may be dead already, and that is fine
                client.shutdown()
