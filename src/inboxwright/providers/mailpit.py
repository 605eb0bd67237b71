"""Mailpit: its websocket says that mail came, the raw message is read, and the envelope is checked again.

Mailpit keeps no envelope. It adds recipients that no header names as Bcc, and notes the first one in its own Received
field: `is_for` decides from these. Proven against the version that tests/contract/servers pins.
"""

import asyncio
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from inboxwright.address import same
from inboxwright.config import MailpitOptions, host_and_port
from inboxwright.errors import ProviderError
from inboxwright.providers._arrivals import Arrivals
from inboxwright.providers._envelope import addresses, fields, received_for, return_path
from inboxwright.providers._http import HttpAccount
from inboxwright.providers._websocket import listen, websocket_url
from inboxwright.providers.base import Capabilities, Received
from inboxwright.providers.listing import ListingBackend

_PAGE = 250
"""Messages in one answer of the list."""
_SEARCHES_AT_ONCE = 4


class MailpitBackend(ListingBackend):
    """Mailpit at `url`; a shared one is fine, only the run's own messages are read and deleted."""

    capabilities = Capabilities(push=True, wildcard=True, retention=500)

    def __init__(self, options: MailpitOptions) -> None:
        super().__init__()
        auth = (options.username, options.password or "") if options.username else None
        self._account = HttpAccount(name="Mailpit", url=options.url, auth=auth)
        self._searches = asyncio.Semaphore(_SEARCHES_AT_ONCE)
        self._arrivals = Arrivals()
        if options.smtp:
            self.smtp_address = host_and_port(options.smtp)
            self.capabilities = Capabilities(push=True, wildcard=True, retention=500, send=True)

    async def open(self) -> None:
        """Check that it is Mailpit and lets us in, and begin to listen."""
        info = await self._account.ask("GET", "/api/v1/info")
        if "Version" not in info:
            raise ProviderError(f"what answers at {self._account.url} is not Mailpit; check inbox.url")
        self.start(
            listen(
                websocket_url(self._account.url, "/api/events"),
                account=self._account,
                heard=self._heard,
                connected=self._connected,
            )
        )

    async def close(self) -> None:
        """Stop listening, and let go of the connections."""
        await super().close()
        await self._account.close()

    def _connected(self, yes: bool) -> None:  # noqa: FBT001 - a state
        self.pushing = yes
        self.look_soon()  # what came while nobody listened, and before Mailpit had registered the listener

    def _heard(self, frame: str) -> None:
        event = json.loads(frame)
        if event.get("Type") != "new":
            return
        recipients = _recipients(event["Data"])
        self._arrivals.note(recipients)
        wanted = {recipient.lower() for recipient in recipients}
        for address in self.watched:
            if address.lower() in wanted:
                self.take_soon(address, event["Data"]["ID"])

    async def find(self, addresses: Sequence[str]) -> Mapping[str, Sequence[str]]:
        """By search, or by the whole list where that takes fewer requests."""
        summaries: list[dict[str, Any]] = []
        if len(addresses) > 1:
            first = await self._account.ask("GET", f"/api/v1/messages?limit={_PAGE}")
            if first["total"] <= _PAGE:
                summaries = first["messages"]
                return {address: _newest_last(summaries, address) for address in addresses}
        found = await asyncio.gather(*(self._search(address) for address in addresses))
        return {address: _newest_last(found, address) for address, found in zip(addresses, found, strict=True)}

    async def _search(self, address: str) -> list[dict[str, Any]]:
        query = {"query": f'addressed:"{address}"', "limit": str(_PAGE)}
        async with self._searches:
            answer = await self._account.ask("GET", "/api/v1/search", params=query)
        messages: list[dict[str, Any]] = answer["messages"]
        return messages

    async def read(self, address: str, id: str) -> Received | None:  # noqa: A002 - Mailpit's word
        """The raw message, if the envelope names the address."""
        answer = await self._account.call("GET", f"/api/v1/message/{id}/raw", missing=True)
        if answer.status_code == 404 or not is_for(answer.content, address):
            return None
        return Received(id=id, raw=answer.content, recipient=address, sender=return_path(fields(answer.content)))

    def position(self) -> int:
        """The number of arrivals heard."""
        return self._arrivals.position

    async def strays(self, after: int | None) -> Sequence[str]:
        """Recipients of what was heard to arrive after the position."""
        return self._arrivals.after(after)

    async def leftovers(self) -> Mapping[str, datetime]:
        """Mailpit lists the newest first."""
        found: dict[str, datetime] = {}
        start = 0
        while page := await self._page(start):
            for message in page:
                for recipient in _recipients(message):
                    found.setdefault(recipient, datetime.fromisoformat(message["Created"]))
            start += len(page)
        return found

    async def _page(self, start: int) -> list[dict[str, Any]]:
        answer = await self._account.ask("GET", f"/api/v1/messages?limit={_PAGE}&start={start}")
        messages: list[dict[str, Any]] = answer["messages"]
        return messages

    async def delete(self, addresses: Sequence[str]) -> None:
        """Delete messages of which every recipient is one of the addresses; one shared with others stays."""
        own = {address.lower() for address in addresses}
        found = await asyncio.gather(*(self._search(address) for address in addresses))
        ids = {
            message["ID"]
            for messages in found
            for message in messages
            if own.issuperset(recipient.lower() for recipient in _recipients(message))
        }
        if ids:  # an empty list would delete everything
            await self._account.call("DELETE", "/api/v1/messages", json={"IDs": sorted(ids)})


def _recipients(summary: dict[str, Any]) -> list[str]:
    return [person["Address"] for part in ("To", "Cc", "Bcc") for person in summary.get(part) or ()]


def _newest_last(summaries: Sequence[dict[str, Any]], address: str) -> list[str]:
    wanted = address.lower()
    return [
        summary["ID"]
        for summary in reversed(summaries)
        if any(recipient.lower() == wanted for recipient in _recipients(summary))
    ]


def is_for(raw: bytes, address: str) -> bool:
    """Whether the address was an envelope recipient, as far as Mailpit lets one know.

    The sender's own To and Cc are believed only where they name the first envelope recipient as well: then they
    describe the envelope. A header that names somebody who was never mailed is not enough.
    """
    head = fields(raw)
    stamp = next(
        (index for index, (name, value) in enumerate(head) if name == "received" and "(Mailpit" in value), None
    )
    named = addresses(head, "to", "cc", "bcc")
    first = received_for(head[stamp][1]) if stamp is not None else None
    if first is None:  # it came through Mailpit's HTTP interface, which takes the recipients from the headers
        return any(same(address, recipient) for recipient in named)
    added = addresses(head[:stamp], "bcc")
    if same(address, first) or any(same(address, recipient) for recipient in added):
        return True
    if first.lower() == address.lower() or any(same(first, recipient) for recipient in added):
        return False
    return any(same(address, recipient) for recipient in named)
