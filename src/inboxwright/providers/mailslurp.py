"""MailSlurp: an inbox is created when an address is minted; a held request says that mail came."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from inboxwright.address import is_reserved, run_of, split
from inboxwright.config import MailslurpOptions
from inboxwright.providers._held import HeldListingBackend
from inboxwright.providers._http import HttpAccount
from inboxwright.providers.base import Capabilities, Received
from inboxwright.providers.listing import all_of

_HOLD = 15_000
"""Milliseconds that one request is held; below the 20 s after which an answer is no longer waited for."""
_PAGE = 100


class MailslurpBackend(HeldListingBackend):
    """Inboxes of one account. The minted address becomes the inbox's name, for clean-up, and its address if it can."""

    capabilities = Capabilities(push=True, quota="inboxes, mails and requests a month, by plan")

    def __init__(self, options: MailslurpOptions) -> None:
        super().__init__()
        self._account = HttpAccount(
            name="MailSlurp",
            url=options.url,
            headers={"x-api-key": options.key},
            credentials="inbox.key, or MAILSLURP_API_KEY",
            proxies=True,
        )
        self._inboxes: dict[str, str] = {}

    async def open(self) -> None:
        """Check the key. Raises AccessDenied."""
        await self._account.call("GET", "/inboxes/paginated", params={"page": 0, "size": 1})
        self.start()

    async def close(self) -> None:
        """Stop listening, and let go of the connections."""
        await super().close()
        await self._account.close()

    async def create(self, address: str) -> str:
        """Create an inbox: at this address where the account owns the domain, else at one that the service chooses.

        Raises QuotaExceeded when the plan has no more.
        """
        query = {"name": address}
        if not is_reserved(split(address)[1]):
            query["emailAddress"] = address
        created = await self._account.ask("POST", "/inboxes", params=query)
        self._inboxes[created["emailAddress"]] = created["id"]
        return str(created["emailAddress"])

    async def hold(self, address: str) -> list[str]:
        """The list, once it has one more."""
        return await self._list(address, minCount=len(self.watched[address].read) + 1, retryTimeout=_HOLD)

    async def _list(self, address: str, **hold: int) -> list[str]:
        """Ids, oldest first. A request that was held in vain is answered with what there is, or with 408."""
        query: dict[str, Any] = {"sort": "DESC", "limit": _PAGE, **hold}
        path = f"/inboxes/{self._inboxes[address]}/emails"
        answer = await self._account.call("GET", path, accept=(408,), params=query)
        emails: list[dict[str, Any]] = answer.json() if answer.is_success else []
        # mail for a +tag of the inbox is in its list too
        return [email["id"] for email in reversed(emails) if not email.get("plusAddress")]

    async def find(self, addresses: Sequence[str]) -> Mapping[str, Sequence[str]]:
        """One list an inbox."""
        lists = await asyncio.gather(*(self._list(address) for address in addresses))
        return dict(zip(addresses, lists, strict=True))

    async def read(self, address: str, id: str) -> Received | None:  # noqa: A002 - the field's own word
        """The raw message. The inbox's address was its envelope recipient."""
        answer = await self._account.call("GET", f"/emails/{id}/raw", missing=True)
        return Received(id=id, raw=answer.content, recipient=address) if answer.is_success else None

    async def leftovers(self) -> Mapping[str, datetime]:
        """Inboxes that a run created, by the minted address, which is their name, and when they were created."""
        found: dict[str, datetime] = {}
        page, last = 0, False
        while not last:
            query = {"page": page, "size": _PAGE}
            answer = await self._account.ask("GET", "/inboxes/paginated", params=query)
            for inbox in answer["content"]:
                name = inbox.get("name") or ""
                if run_of(name) is not None:
                    self._inboxes[name] = inbox["id"]
                    found[name] = datetime.fromisoformat(inbox["createdAt"])
            page, last = page + 1, answer["last"]
        return found

    async def delete(self, addresses: Sequence[str]) -> None:
        """Delete the inboxes of these addresses, or of these names, with their messages."""
        numbers = [self._inboxes[address] for address in addresses if address in self._inboxes]
        await all_of(self._account.call("DELETE", f"/inboxes/{number}", missing=True) for number in numbers)
