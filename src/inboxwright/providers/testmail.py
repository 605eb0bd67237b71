"""testmail.app: any tag of a namespace; a live query, which the service holds, says that mail came.

Written from its documentation and its GraphQL schema; docs/providers/testmail.md says what vouches for it.
"""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import Any

import httpx

from inboxwright.address import same, split
from inboxwright.config import TestmailOptions
from inboxwright.errors import AccessDenied, ProviderError
from inboxwright.providers._held import HeldListingBackend
from inboxwright.providers._http import HttpAccount
from inboxwright.providers.base import Capabilities, Received

_DOMAIN = "inbox.testmail.app"
_PAGE = 100
_HOLD = httpx.Timeout(75.0, connect=5.0)
"""Seconds: a live query ends after a minute, with 307."""
_QUERY = """
query ($namespace: String!, $tag: String, $from: Float, $live: Boolean, $limit: Int) {
  inbox(namespace: $namespace, tag: $tag, timestamp_from: $from, livequery: $live, limit: $limit) {
    result message emails { id tag timestamp envelope_from envelope_to downloadUrl }
  }
}
"""


class TestmailBackend(HeldListingBackend):
    """One namespace. It cannot delete: mail goes when the plan's retention is over."""

    capabilities = Capabilities(push=True, wildcard=True, quota="mails a month, by plan, kept for 1, 3 or 30 days")

    def __init__(self, options: TestmailOptions) -> None:
        super().__init__()
        keyed = partial(
            HttpAccount,
            name="testmail.app",
            url=options.url,
            headers={"Authorization": f"Bearer {options.key}"},
            credentials="inbox.key, or TESTMAIL_API_KEY",
            proxies=True,
        )
        self._account, self._live = keyed(), keyed(timeout=_HOLD)
        self._live.pause = self._account.pause
        # links of their own: no key goes there
        self._files = HttpAccount(name="testmail.app", url=options.url, proxies=True)
        self._namespace = options.namespace
        self._summaries: dict[str, dict[str, Any]] = {}
        self._newest: dict[str, float] = {}

    async def open(self) -> None:
        """Check the key and the namespace. Raises AccessDenied or ProviderError."""
        await self._inbox(self._account, limit=1)
        self.start()

    async def close(self) -> None:
        """Stop listening, and let go of the connections."""
        await super().close()
        for account in (self._account, self._live, self._files):
            await account.close()

    async def create(self, address: str) -> str:
        """The minted local part becomes the tag."""
        return f"{self._namespace}.{split(address)[0]}@{_DOMAIN}"

    async def _inbox(self, account: HttpAccount, **variables: Any) -> list[dict[str, Any]]:
        """Newest first; none where a live query ended in vain."""
        body = {"query": _QUERY, "variables": {"namespace": self._namespace, "limit": _PAGE, **variables}}
        answer = await account.call("POST", "/api/graphql", accept=(307,), json=body)
        if answer.status_code == 307:
            return []
        said = answer.json()
        inbox = (said.get("data") or {}).get("inbox") or {}
        if inbox.get("result") != "success":
            errors: list[dict[str, Any]] = said.get("errors") or [{}]
            reason = str(inbox.get("message") or errors[0].get("message", "no reason"))
            refused = any(word in reason.lower() for word in ("authen", "authoriz", "api key", "apikey"))
            kind = AccessDenied if refused else ProviderError
            raise kind(f"testmail.app refused: {reason}; check inbox.namespace and inbox.key, or TESTMAIL_API_KEY")
        emails: list[dict[str, Any]] = inbox.get("emails") or []
        return emails

    def _note(self, address: str, emails: Sequence[dict[str, Any]]) -> list[str]:
        mine = [email for email in reversed(emails) if same(email["envelope_to"], address)]
        for email in mine:
            self._summaries.setdefault(email["id"], email)
            self._newest[address] = max(self._newest.get(address, 0), email["timestamp"])
        return [email["id"] for email in mine]

    def _tag(self, address: str) -> str:
        return split(address)[0].removeprefix(f"{self._namespace}.")

    async def hold(self, address: str) -> list[str]:
        """A live query for what is newer, by the service's own clock, than all that was read."""
        newest = self._newest.get(address)
        query = {"tag": self._tag(address), "live": True, "from": None if newest is None else newest + 1}
        return self._note(address, await self._inbox(self._live, **query))

    async def find(self, addresses: Sequence[str]) -> Mapping[str, Sequence[str]]:
        """One list of the namespace, or one of each tag where there is more than one page."""
        if len(addresses) > 1:
            emails = await self._inbox(self._account)
            if len(emails) < _PAGE:
                return {address: self._note(address, emails) for address in addresses}
        lists = await asyncio.gather(*(self._inbox(self._account, tag=self._tag(address)) for address in addresses))
        return {address: self._note(address, emails) for address, emails in zip(addresses, lists, strict=True)}

    async def read(self, address: str, id: str) -> Received | None:  # noqa: A002 - the field's own word
        """The raw message, from the link that testmail.app gives."""
        email = self._summaries[id]
        answer = await self._files.call("GET", email["downloadUrl"], missing=True)
        if not answer.is_success:
            return None
        return Received(
            id=id,
            raw=answer.content,
            recipient=address,
            sender=email.get("envelope_from"),
            received_at=datetime.fromtimestamp(email["timestamp"] / 1000, UTC),
        )

    async def delete(self, addresses: Sequence[str]) -> None:
        """Nothing: the service has no way to."""
