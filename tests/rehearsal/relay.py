"""An SMTP relay that takes every mail at once and passes it on later: a provider on a slow day."""

import asyncio
import smtplib
import threading
from types import TracebackType
from typing import Any, Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from inboxwright.processes import free_port


class DelayingRelay:
    """Listens at a free port of loopback; `delay` in seconds, 0 passes mail on before it answers."""

    def __init__(self, upstream: tuple[str, int], *, delay: float) -> None:
        self.port = free_port()
        self._upstream = upstream
        self._delay = delay
        self._timers: set[threading.Timer] = set()
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        """Take it."""
        del server, session
        if not self._delay:
            await asyncio.to_thread(self._pass_on, envelope)
        else:
            timer = threading.Timer(self._delay, self._pass_on, (envelope,))
            timer.daemon = True
            self._timers.add(timer)
            timer.start()
        return "250 OK"

    def _pass_on(self, envelope: Any) -> None:
        with smtplib.SMTP(*self._upstream, timeout=10) as smtp:
            smtp.sendmail(envelope.mail_from, envelope.rcpt_tos, envelope.content)

    def __enter__(self) -> Self:
        self._controller.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        for timer in self._timers:
            timer.cancel()
        self._controller.stop()
