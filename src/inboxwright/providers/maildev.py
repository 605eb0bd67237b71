"""maildev: its Socket.IO says that mail came, with the envelope; the source is read over HTTP.

maildev answers 250 before it has stored the message, and shows it a moment later. Proven against the version that
tests/contract/servers pins.
"""

import asyncio
import contextlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import socketio
from socketio.exceptions import ConnectionError as NoConnection

from inboxwright.address import normal, same
from inboxwright.config import MaildevOptions, host_and_port
from inboxwright.errors import ProviderError
from inboxwright.providers._arrivals import Arrivals
from inboxwright.providers._http import HttpAccount
from inboxwright.providers.base import Capabilities, Received
from inboxwright.providers.listing import Interval, ListingBackend, all_of


class MaildevBackend(ListingBackend):
    """maildev at `url`; only the run's own messages are read and deleted."""

    capabilities = Capabilities(push=True, wildcard=True)

    def __init__(self, options: MaildevOptions) -> None:
        super().__init__()
        auth = (options.username, options.password or "") if options.username else None
        self._account = HttpAccount(name="maildev", url=options.url, auth=auth)
        self._arrivals = Arrivals()
        self._summaries: dict[str, dict[str, Any]] = {}
        self._socket = socketio.AsyncClient(
            reconnection=False,
            websocket_extra_options={"max_msg_size": 0},  # an event carries the whole text
        )
        self._socket.on("newMail", self._heard)
        if options.smtp:
            self.smtp_address = host_and_port(options.smtp)
            self.capabilities = Capabilities(push=True, wildcard=True, send=True)

    async def open(self) -> None:
        """Check that it is maildev and lets us in, and begin to listen."""
        config = await self._account.ask("GET", "/config")
        if "smtpPort" not in config:
            raise ProviderError(f"what answers at {self._account.url} is not maildev; check inbox.url")
        self.start(self._listen())

    async def close(self) -> None:
        """Stop listening, and let go of the connections."""
        with contextlib.suppress(Exception):  # a library's farewell must not hide why we close
            await self._socket.disconnect()
        await super().close()
        await self._account.close()

    async def _listen(self) -> None:
        interval = Interval()
        base, _, path = self._account.url.partition("://")[2].partition("/")
        url = f"{self._account.url.partition('://')[0]}://{base}"
        while True:
            await self._account.pause.wait()
            with contextlib.suppress(NoConnection, OSError):
                await self._socket.connect(
                    url,
                    headers=self._account.basic,
                    transports=["websocket"],
                    socketio_path=f"{path}/socket.io".lstrip("/"),
                )
                interval.reset()
                self._connected(yes=True)
                await self._socket.wait()
            self._connected(yes=False)
            await asyncio.sleep(interval.next(pushing=False))

    def _connected(self, *, yes: bool) -> None:
        self.pushing = yes
        self.look_soon()  # what came while nobody listened

    async def _heard(self, summary: dict[str, Any]) -> None:
        recipients = _recipients(summary)
        self._arrivals.note(recipients)
        for address in self.watched:
            if any(same(address, recipient) for recipient in recipients):
                self._summaries[summary["id"]] = _brief(summary)
                self.take_soon(address, summary["id"])

    async def find(self, addresses: Sequence[str]) -> Mapping[str, Sequence[str]]:
        """By maildev's own exact filter, which saves the transfer of everybody's mail."""
        found = await asyncio.gather(*(self._filter(address) for address in addresses))
        return dict(zip(addresses, found, strict=True))

    async def _filter(self, address: str) -> list[str]:
        query = {"envelope.to.address": normal(address)}
        summaries: list[dict[str, Any]] = await self._account.ask("GET", "/email", params=query)
        self._summaries |= {summary["id"]: _brief(summary) for summary in summaries}
        return [summary["id"] for summary in summaries]

    async def read(self, address: str, id: str) -> Received | None:  # noqa: A002 - maildev's word
        """The source, once it is on maildev's disk as a whole."""
        summary = self._summaries[id]
        size, raw = summary["size"], None
        while raw is None or len(raw) != size:  # still being written: what two answers agree on is whole
            size = size if raw is None else len(raw)
            answer = await self._account.call("GET", f"/email/{id}/source", missing=True)
            if answer.status_code == 404:
                return None
            raw = answer.content
        return Received(id=id, raw=raw, recipient=address, sender=summary["sender"])

    def position(self) -> int:
        """The number of arrivals heard."""
        return self._arrivals.position

    async def strays(self, after: int | None) -> Sequence[str]:
        """Recipients of what was heard to arrive after the position."""
        return self._arrivals.after(after)

    async def leftovers(self) -> Mapping[str, datetime]:
        """maildev has one list, the oldest first, with the bodies in it: large where much is left."""
        listed = await self._account.ask("GET", "/email")
        return {to: datetime.fromisoformat(each["time"]) for each in listed for to in _recipients(each)}

    async def delete(self, addresses: Sequence[str]) -> None:
        """Delete messages of which every recipient is one of the addresses; one shared with others stays."""
        own = {normal(address) for address in addresses}
        found = {id_ for ids in (await self.find(addresses)).values() for id_ in ids}
        await all_of(
            self._account.call("DELETE", f"/email/{id_}", missing=True)
            for id_ in found
            if own.issuperset(map(normal, self._summaries[id_]["recipients"]))
        )


def _recipients(summary: dict[str, Any]) -> list[str]:
    recipients = summary.get("envelope", {}).get("to")
    return [to["address"] for to in recipients if "address" in to] if isinstance(recipients, list) else []


def _brief(summary: dict[str, Any]) -> dict[str, Any]:
    sender = summary.get("envelope", {}).get("from") or {}
    return {
        "size": summary["size"],
        "recipients": _recipients(summary),
        "sender": sender.get("address") if isinstance(sender, dict) else None,
    }
