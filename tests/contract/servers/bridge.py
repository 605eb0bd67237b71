"""SMTP in front of what speaks none: each mail is handed on, with its envelope, before the 250."""

import asyncio
from collections.abc import Callable, Sequence

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

Hand = Callable[[str, Sequence[str], bytes], None]
"""Envelope sender, envelope recipients, message."""


class Bridge:
    """Listens at loopback; `hand` is called in a thread, and its exceptions are answered with 451."""

    def __init__(self, port: int, hand: Hand) -> None:
        self._hand = hand
        self._controller = Controller(
            self, hostname="127.0.0.1", port=port, data_size_limit=50_000_000, decode_data=False
        )

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's
        """Hand the mail on."""
        content = envelope.original_content or b""
        try:
            await asyncio.to_thread(self._hand, envelope.mail_from or "", envelope.rcpt_tos, content)
        except Exception as error:  # noqa: BLE001 - the sender is told
            return f"451 4.3.0 {type(error).__name__}"
        return "250 2.0.0 OK"

    def start(self) -> None:
        """Begin to listen."""
        self._controller.start()

    def stop(self) -> None:
        """End."""
        self._controller.stop()
