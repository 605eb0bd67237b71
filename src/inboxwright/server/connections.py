"""Limits on SMTP connections, so that one bad client cannot starve the rest."""

import asyncio
from collections import Counter, OrderedDict
from typing import Protocol as Interface

from inboxwright.server.serve_options import ServerOptions

_STALLED = 2.0
"""Seconds without progress after which a connection gives way when there is no room for another."""


class Dismissable(Interface):
    """A connection, as far as limits are concerned."""

    def dismiss(self, reply: bytes) -> None:
        """End it with a last reply."""


class Connections:
    """Open connections, the one that made progress longest ago first.

    Progress is a reply: a client that sends an octet now and then makes none.
    """

    def __init__(self, options: ServerOptions) -> None:
        self._options = options
        self._loop = asyncio.get_running_loop()
        self._last: OrderedDict[Dismissable, float] = OrderedDict()
        self._peer: dict[Dismissable, str] = {}
        self._count: Counter[str] = Counter()

    def admit(self, connection: Dismissable, transport: asyncio.BaseTransport) -> bool:
        """Count it in if there is room; if not, refuse it with 421."""
        peer = str((transport.get_extra_info("peername") or ("",))[0])
        if self._room(None, len(self._last), self._options.max_connections) and self._room(
            peer, self._count[peer], self._options.max_connections_per_peer
        ):
            self._last[connection] = self._loop.time()
            self._peer[connection] = peer
            self._count[peer] += 1
            return True
        transport.set_protocol(asyncio.Protocol())
        if isinstance(transport, asyncio.WriteTransport):
            transport.write(b"421 4.3.2 Too many connections\r\n")
        transport.close()
        return False

    def _room(self, peer: str | None, count: int, limit: int) -> bool:
        if count < limit:
            return True
        now = self._loop.time()
        for connection, last in self._last.items():
            if now - last < _STALLED:
                return False
            if peer is None or self._peer[connection] == peer:
                self.forget(connection)
                connection.dismiss(b"421 4.3.2 Too many connections, and this one makes no progress")
                return True
        return False

    def progress(self, connection: Dismissable) -> None:
        """It got a reply."""
        if connection in self._last:
            self._last[connection] = self._loop.time()
            self._last.move_to_end(connection)

    def forget(self, connection: Dismissable) -> None:
        """It is gone."""
        if self._last.pop(connection, None) is not None:
            self._count[self._peer.pop(connection)] -= 1

    async def sweep(self) -> None:
        """End idle connections, for ever."""
        while True:
            await asyncio.sleep(min(1.0, self._options.idle_timeout / 4))
            overdue = self._loop.time() - self._options.idle_timeout
            for connection in [c for c, last in self._last.items() if last < overdue]:
                self.forget(connection)
                connection.dismiss(b"421 4.4.2 Idle for too long")

    def dismiss_all(self) -> None:
        """The server stops."""
        for connection in list(self._last):
            self.forget(connection)
            connection.dismiss(b"421 4.3.2 The server stops")
