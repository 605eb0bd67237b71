"""Mailosaur: any address of a server's own domain; its search, asked as often as it allows.

Mailosaur does not push. Its `x-ms-delay` header says how long to wait between two looks. Unlike its own client this
keeps asking until the wait's deadline, and a 503 is not the end of it.
"""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from inboxwright.address import is_reserved, same, split
from inboxwright.config import MailosaurOptions
from inboxwright.errors import AccessDenied, ProviderError
from inboxwright.providers._http import HttpAccount
from inboxwright.providers._recent import RecentListingBackend
from inboxwright.providers.allowance import Allowance
from inboxwright.providers.base import Capabilities, Received
from inboxwright.providers.listing import all_of

_PAGE = 100
_AT_ONCE = 4
_DELAY = 1.0
"""Seconds between two looks where no answer says otherwise, as in Mailosaur's own client."""


class MailosaurBackend(RecentListingBackend):
    """One Mailosaur server, its word for a domain: `<server>.mailosaur.net`, or a domain of one's own."""

    capabilities = Capabilities(wildcard=True, quota="messages a day, by plan; requests are throttled")

    def __init__(self, options: MailosaurOptions) -> None:
        super().__init__()
        self._account = HttpAccount(
            name="Mailosaur",
            url=options.url,
            auth=(options.key, ""),
            credentials="inbox.key, or MAILOSAUR_API_KEY",
            proxies=True,
        )
        self._server = options.server
        self._slots_of_search = asyncio.Semaphore(_AT_ONCE)
        self.at_least(_DELAY)

    async def open(self) -> None:
        """Check the key and the server. Raises AccessDenied, or ProviderError for a server that is none."""
        answer = await self._account.call("GET", f"/api/servers/{self._server}", missing=True)
        if not answer.is_success:
            raise ProviderError(f"Mailosaur has no server {self._server!r}; check inbox.server")
        self.start()

    async def close(self) -> None:
        """Stop asking, and let go of the connections."""
        await super().close()
        await self._account.close()

    async def create(self, address: str) -> str:
        """Every address exists; without a domain of one's own it is at the server's."""
        local, domain = split(address)
        return f"{local}@{self._server}.mailosaur.net" if is_reserved(domain) else address

    async def find(self, addresses: Sequence[str]) -> Mapping[str, Sequence[str]]:
        """By search, or by the list where one page of it holds all that there is."""
        if len(addresses) > 1:
            listed = await self._list(0)
            if len(listed) < _PAGE:
                return {address: _ids(listed, address) for address in addresses}
        found = await asyncio.gather(*(self._search(address) for address in addresses))
        return {address: _ids(summaries, address) for address, summaries in zip(addresses, found, strict=True)}

    async def _search(self, address: str) -> list[dict[str, Any]]:
        """Newest first. The service compares without case, the result must not."""
        found: list[dict[str, Any]] = []
        async with self._slots_of_search:
            while len(found) % _PAGE == 0:
                criteria = {"sentTo": address, "match": "ALL"}
                page = await self._page("POST", "/api/messages/search", len(found) // _PAGE, json=criteria)
                found += page
                if not page:
                    break
        return found

    async def _list(self, number: int) -> list[dict[str, Any]]:
        return await self._page("GET", "/api/messages", number)

    async def _page(self, method: str, path: str, number: int, **request: Any) -> list[dict[str, Any]]:
        query: dict[str, Any] = {"server": self._server, "page": number, "itemsPerPage": _PAGE}
        answer = await self._account.call(method, path, params=query, **request)
        self.at_least(_delay(answer.headers.get("x-ms-delay", "")))
        items: list[dict[str, Any]] = answer.json()["items"]
        return items

    async def read(self, address: str, id: str) -> Received | None:  # noqa: A002 - the field's own word
        """The raw message, if its envelope names the address; its headers, where no envelope was kept."""
        details = await self._account.call("GET", f"/api/messages/{id}", missing=True)
        raw = await self._account.call("GET", f"/api/files/email/{id}", missing=True)
        if not details.is_success or not raw.is_success:
            return None
        metadata = details.json().get("metadata") or {}
        envelope = [person.get("email") or "" for person in metadata.get("rcptTo") or ()]
        if envelope and not any(same(recipient, address) for recipient in envelope):
            return None
        return Received(id=id, raw=raw.content, recipient=address, sender=metadata.get("mailFrom"))

    async def leftovers(self) -> Mapping[str, datetime]:
        """The server's messages, newest first."""
        found: dict[str, datetime] = {}
        number = 0
        while summaries := await self._list(number):
            for summary in summaries:
                for recipient in _recipients(summary):
                    found.setdefault(recipient, datetime.fromisoformat(summary["received"]))
            number += 1
        return found

    async def left(self) -> Sequence[Allowance] | None:
        """Messages of the account. None with the key of one server, which may not ask."""
        try:
            answer = await self._account.call("GET", "/api/usage/limits", missing=True)
        except AccessDenied:
            return None
        email = answer.json().get("email") or {} if answer.is_success else {}
        limit, used = email.get("limit"), email.get("current")
        return None if limit is None or used is None else (Allowance.of("messages", used=used, limit=limit),)

    async def delete(self, addresses: Sequence[str]) -> None:
        """Delete message by message; one that others got too stays."""
        await all_of(self._empty(address, set(addresses)) for address in addresses)

    async def _empty(self, address: str, own: set[str]) -> None:
        for summary in await self._search(address):
            if own.issuperset(_recipients(summary)):
                await self._account.call("DELETE", f"/api/messages/{summary['id']}", missing=True)


def _delay(pattern: str) -> float:
    """Seconds until the next look, from milliseconds such as "500,1000,2000"."""
    first = pattern.partition(",")[0].strip()
    return int(first) / 1000 if first.isdecimal() else _DELAY


def _recipients(summary: dict[str, Any]) -> list[str]:
    people = [person for part in ("to", "cc", "bcc") for person in summary.get(part) or ()]
    return [person["email"] for person in people if person.get("email")]


def _ids(newest_first: Sequence[dict[str, Any]], address: str) -> list[str]:
    return [
        summary["id"]
        for summary in reversed(newest_first)
        if any(same(recipient, address) for recipient in _recipients(summary))
    ]
