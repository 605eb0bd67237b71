"""Nylas: a wildcard inbound inbox (`name-*@…`) that all addresses share, or an agent account for each address.

Where Nylas can reach this machine, a webhook says that mail came; else it is asked in growing intervals.
"""

import asyncio
import base64
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from inboxwright.address import run_of, same, split
from inboxwright.config import NylasOptions, host_and_port
from inboxwright.errors import ConfigError, ProviderError
from inboxwright.providers._http import HttpAccount
from inboxwright.providers._nylas_webhook import NylasWebhook
from inboxwright.providers._recent import RecentListingBackend
from inboxwright.providers.base import Capabilities, Received
from inboxwright.providers.listing import all_of

_PAGE = 200
_PAGES = 10
"""Pages of new mail that one look reads at most."""
_QUOTA = "3 agent accounts on the free plan, 20 on the paid one; 200 sent mails a day and account"


class NylasBackend(RecentListingBackend):
    """With `grant`, one inbox; without it, an agent account (a grant) is created for each address."""

    def __init__(self, options: NylasOptions) -> None:
        super().__init__()
        if (options.webhook is None) != (options.listen is None):
            raise ConfigError(
                "inbox.webhook and inbox.listen go together: the URL that Nylas calls, and the host:port it leads to"
            )
        grant, pattern = options.grant, options.pattern
        if pattern is not None and (grant is None or pattern.count("*") != 1 or "@" not in pattern):
            raise ConfigError(f"inbox.pattern {pattern!r} needs inbox.grant and one *, like qa-*@team.nylas.email")
        self._account = HttpAccount(
            name="Nylas",
            url=options.url,
            headers={"Authorization": f"Bearer {options.key}"},
            credentials="inbox.key, or NYLAS_API_KEY",
            proxies=True,
        )
        self._shared = grant
        self._pattern = pattern
        self._grants: dict[str, str] = {}
        self._known: frozenset[str] | None = None
        self._webhook: NylasWebhook | None = None
        if options.webhook is not None and options.listen is not None:
            endpoint = host_and_port(options.listen)
            self._webhook = NylasWebhook(self._account, url=options.webhook, listen=endpoint, heard=self._heard)
        self.capabilities = Capabilities(wildcard=grant is not None, quota=None if grant else _QUOTA)

    async def open(self) -> None:
        """Check the key, and the grant. Raises AccessDenied, or ProviderError for a grant that is none."""
        if self._shared is None:
            await self._account.call("GET", "/v3/grants", params={"limit": 1})
        elif not (await self._account.call("GET", f"/v3/grants/{self._shared}", missing=True)).is_success:
            raise ProviderError(f"Nylas has no grant {self._shared!r}; check inbox.grant")
        if self._webhook is not None:
            self.pushing = await self._webhook.open()
            self.capabilities = replace(self.capabilities, push=self.pushing)
        self.start()

    async def close(self) -> None:
        """Delete the webhook, stop asking, and let go of the connections."""
        if self._webhook is not None:
            await self._webhook.close()
        await super().close()
        await self._account.close()

    def _heard(self, event: Mapping[str, Any]) -> None:
        """A webhook hears of every grant of the application: look only where the mail may be for us."""
        if not str(event.get("type")).startswith("message.created"):  # ".truncated" where it is large, and others
            return
        message = (event.get("data") or {}).get("object") or {}
        grant, people = message.get("grant_id"), _people(message)
        for address in self.watched:
            named = not people or any(same(recipient, address) for recipient in people)
            if grant == (self._shared or self._grants.get(address)) and (named or self._shared is None):
                self.look_soon(address)

    async def create(self, address: str) -> str:
        """An address within the pattern, or an agent account. Raises QuotaExceeded when there are no more accounts."""
        if self._pattern is not None:
            return self._pattern.replace("*", split(address)[0])
        if self._shared is None:
            body = {"provider": "nylas", "settings": {"email": address}}
            created = (await self._account.ask("POST", "/v3/connect/custom", json=body))["data"]
            self._grants[address] = created["id"]
        return address

    async def find(self, addresses: Sequence[str]) -> Mapping[str, Sequence[str]]:
        """One list for all addresses of the shared inbox, one for each agent account."""
        if self._shared is not None:
            newest_first = await self._news(self._shared)
            return {address: _ids(newest_first, address) for address in addresses}
        lists = await asyncio.gather(*(self._page(self._grants[address]) for address in addresses))
        return {address: _ids(page, address) for address, (page, _) in zip(addresses, lists, strict=True)}

    async def _news(self, grant: str) -> list[dict[str, Any]]:
        """At first one page, since addresses are fresh; then as many as came since the last look."""
        found, cursor = await self._page(grant)
        first = frozenset(message["id"] for message in found)
        for _ in range(_PAGES - 1):
            if self._known is None or not cursor or any(message["id"] in self._known for message in found):
                break
            more, cursor = await self._page(grant, page_token=cursor)
            found += more
        self._known = first
        return found

    async def _page(self, grant: str, **query: Any) -> tuple[list[dict[str, Any]], str | None]:
        path = f"/v3/grants/{grant}/messages"
        answer = await self._account.ask("GET", path, params={"limit": _PAGE, **query})
        return answer["data"], answer.get("next_cursor")

    async def read(self, address: str, id: str) -> Received | None:  # noqa: A002 - the field's own word
        """The raw message, which Nylas sends in base64url."""
        path = f"/v3/grants/{self._shared or self._grants[address]}/messages/{id}"
        answer = await self._account.call("GET", path, missing=True, params={"fields": "raw_mime"})
        if not answer.is_success:
            return None
        text = answer.json()["data"]["raw_mime"]
        raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        return Received(id=id, raw=raw, recipient=address)

    async def leftovers(self) -> Mapping[str, datetime]:
        """Every recipient in the shared inbox, or every agent account that a run created."""
        return await (self._recipients(self._shared) if self._shared else self._accounts())

    async def _recipients(self, grant: str) -> dict[str, datetime]:
        found: dict[str, datetime] = {}
        cursor: str | None = ""
        while cursor is not None:
            page, cursor = await self._page(grant, **({"page_token": cursor} if cursor else {}))
            for message in page:
                for recipient in _people(message):
                    found.setdefault(recipient, datetime.fromtimestamp(message["date"], UTC))
        return found

    async def _accounts(self) -> dict[str, datetime]:
        found: dict[str, datetime] = {}
        offset = 0
        while True:
            query: dict[str, Any] = {"limit": _PAGE, "offset": offset, "provider": "nylas"}
            page = (await self._account.ask("GET", "/v3/grants", params=query))["data"]
            for grant in page:
                if run_of(grant.get("email") or "") is not None:
                    self._grants[grant["email"]] = grant["id"]
                    found[grant["email"]] = datetime.fromtimestamp(grant["created_at"], UTC)
            if len(page) < _PAGE:
                return found
            offset += len(page)

    async def delete(self, addresses: Sequence[str]) -> None:
        """Delete the agent accounts, or the messages that only these addresses got."""
        if self._shared is None:
            paths = [f"/v3/grants/{self._grants[address]}" for address in addresses if address in self._grants]
            await all_of(self._account.call("DELETE", path, missing=True) for path in paths)
        else:
            await all_of(self._empty(self._shared, address, set(addresses)) for address in addresses)

    async def _empty(self, grant: str, address: str, own: set[str]) -> None:
        page, _ = await self._page(grant, to=address)
        for message in page:
            if own.issuperset(_people(message)):
                await self._account.call("DELETE", f"/v3/grants/{grant}/messages/{message['id']}", missing=True)


def _people(message: dict[str, Any]) -> list[str]:
    return [person["email"] for part in ("to", "cc", "bcc") for person in message.get(part) or ()]


def _ids(newest_first: Sequence[dict[str, Any]], address: str) -> list[str]:
    return [
        message["id"]
        for message in reversed(newest_first)
        if any(same(recipient, address) for recipient in _people(message))
    ]
