"""Inbucket: the monitor of a mailbox says that mail came; its list and the source are read over HTTP.

A mailbox is the local part without its +tag, in lower case (or the whole address, as the server is set), so that
look-alikes share it: `is_for` tells them apart by To and Cc. Proven against the version that tests/contract/servers
pins.
"""

import asyncio
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from inboxwright.address import same, split
from inboxwright.config import InbucketOptions, host_and_port
from inboxwright.errors import ProviderError
from inboxwright.providers._envelope import addresses, fields, return_path
from inboxwright.providers._http import HttpAccount
from inboxwright.providers._websocket import listen, websocket_url
from inboxwright.providers.base import Capabilities, Deliver, Received
from inboxwright.providers.listing import ListingBackend, all_of


class InbucketBackend(ListingBackend):
    """Inbucket at `url`; one websocket a watched address, and only the run's own messages are read and deleted."""

    capabilities = Capabilities(push=True, wildcard=True, retention=500)

    def __init__(self, options: InbucketOptions) -> None:
        super().__init__()
        auth = (options.username, options.password or "") if options.username else None
        self._account = HttpAccount(name="Inbucket", url=options.url, auth=auth)
        self._monitors: dict[str, asyncio.Task[None]] = {}
        self._deaf: set[str] = set()
        if options.smtp:
            self.smtp_address = host_and_port(options.smtp)
            self.capabilities = Capabilities(push=True, wildcard=True, retention=500, send=True)

    async def open(self) -> None:
        """Check that it is Inbucket and lets us in."""
        if not isinstance(await self._account.ask("GET", "/api/v1/mailbox/inboxwright"), list):
            raise ProviderError(f"what answers at {self._account.url} is not Inbucket; check inbox.url")
        self.start()

    async def close(self) -> None:
        """Stop listening, and let go of the connections."""
        for address in list(self._monitors):
            self._hang_up(address)
        await super().close()
        await self._account.close()

    async def watch(self, address: str, deliver: Deliver) -> None:
        """Listen to the address's mailbox, and deliver from the next look on."""
        self._deaf.add(address)
        url = websocket_url(self._account.url, f"/api/v2/monitor/messages/{quote(address, safe='@')}")
        self._monitors[address] = asyncio.create_task(
            listen(
                url,
                account=self._account,
                heard=lambda frame: self._heard(address, frame),
                connected=lambda yes: self._connected(address, yes=yes),
            )
        )
        await super().watch(address, deliver)

    async def unwatch(self, address: str) -> None:
        """Stop listening to the mailbox."""
        self._hang_up(address)
        await super().unwatch(address)

    def _hang_up(self, address: str) -> None:
        self._deaf.discard(address)
        if monitor := self._monitors.pop(address, None):
            monitor.cancel()

    def _connected(self, address: str, *, yes: bool) -> None:
        if address in self._monitors:
            (self._deaf.discard if yes else self._deaf.add)(address)
        self.pushing = not self._deaf
        self.look_soon(address)  # what came while nobody listened

    def _heard(self, address: str, frame: str) -> None:
        event = json.loads(frame)
        header = event.get("header")
        watched = self.watched.get(address)
        if event.get("variant") != "message-stored" or not header or watched is None:
            return
        if _id(header) not in watched.read:  # on connecting, Inbucket repeats its latest events
            self.look_soon(address)

    async def find(self, addresses: Sequence[str]) -> Mapping[str, Sequence[str]]:
        """By the list of each mailbox."""
        found = await asyncio.gather(*(self._list(address) for address in addresses))
        return dict(zip(addresses, found, strict=True))

    async def _list(self, address: str) -> list[str]:
        headers: list[dict[str, Any]] = await self._account.ask("GET", _mailbox(address))
        return [_id(header) for header in headers]

    async def read(self, address: str, id: str) -> Received | None:  # noqa: A002 - Inbucket's word
        """The source, if none of the mailbox's look-alikes is meant."""
        number = id.partition(" ")[0]
        answer = await self._account.call("GET", f"{_mailbox(address)}/{quote(number)}/source", missing=True)
        raw = re.sub(rb"\r?\n", b"\r\n", answer.content)  # it keeps LF, but SMTP carried CRLF (RFC 5321 section 2.3.8)
        if answer.status_code == 404 or not is_for(raw, address):
            return None
        return Received(id=id, raw=raw, recipient=address, sender=return_path(fields(raw)))

    async def delete(self, addresses: Sequence[str]) -> None:
        """Delete the messages of the addresses; a look-alike's in the same mailbox stay."""
        await all_of(map(self._empty, addresses))

    async def _empty(self, address: str) -> None:
        for id_ in await self._list(address):
            if await self.read(address, id_) is not None:
                path = f"{_mailbox(address)}/{quote(id_.partition(' ')[0])}"
                await self._account.call("DELETE", path, missing=True)


def _mailbox(address: str) -> str:
    return f"/api/v1/mailbox/{quote(address, safe='@')}"


def _id(header: dict[str, Any]) -> str:
    """Inbucket's memory store counts from 1 again after a restart; the time of arrival tells such ids apart."""
    return f"{header['id']} {header['posix-millis']}"


def is_for(raw: bytes, address: str) -> bool:
    """Whether a message in the address's mailbox is for exactly this address, as far as Inbucket lets one know.

    If To or Cc name an address of the same mailbox, it must be this one; if none does, the mailbox decides.
    """
    named = addresses(fields(raw), "to", "cc")
    rivals = [recipient for recipient in named if _loose(recipient) == _loose(address)]
    return not rivals or any(same(address, recipient) for recipient in rivals)


def _loose(address: str) -> str:
    return split(address)[0].partition("+")[0].lower()
