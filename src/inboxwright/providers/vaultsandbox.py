"""VaultSandbox: an inbox is created when its address is minted; server-sent events say that mail came.

The vendor's client brings the keys and the decryption. Its waits are not used: two at a time fail on one connection,
they give up after ten reconnections, forget a Retry-After, and read only UTF-8. Here one subscription carries all
inboxes, and `strategy="polling"` asks in intervals instead.
"""

import asyncio
import base64
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import httpx
from vaultsandbox.crypto import Keypair, decrypt, generate_keypair

from inboxwright.address import same, split
from inboxwright.config import VaultsandboxOptions, host_and_port
from inboxwright.errors import ConfigError, ProviderError
from inboxwright.providers._http import HttpAccount
from inboxwright.providers._recent import RecentListingBackend
from inboxwright.providers._sse import Subscription
from inboxwright.providers.base import Capabilities, Deliver, Received
from inboxwright.providers.listing import all_of

_QUOTA = "500 requests a minute and 500 SMTP points in 15 minutes, unless the gateway says otherwise"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Inbox:
    """What the gateway answered when it was created, and the key that opens its mail."""

    hash: str
    """Its name in the event stream."""
    keypair: Keypair | None
    """None for a plain inbox."""
    server_key: str | None
    """The gateway's signing key, which every encrypted mail must carry."""

    def open(self, answer: Mapping[str, Any], part: str) -> bytes:
        """One part of an answer, decrypted, or only decoded where the inbox is plain."""
        if (sealed := answer.get(f"encrypted{part.capitalize()}")) is None:
            return base64.b64decode(answer[part])
        if self.keypair is None:
            raise ProviderError("VaultSandbox sent encrypted mail for a plain inbox")
        return decrypt(sealed, self.keypair, self.server_key)


class VaultsandboxBackend(RecentListingBackend):
    """A gateway at `url`. Only inboxes that this backend created are ever read or deleted."""

    capabilities = Capabilities(push=True, quota=_QUOTA)

    def __init__(self, options: VaultsandboxOptions) -> None:
        super().__init__()
        seconds = options.request_timeout / 1000
        self._account = HttpAccount(
            name="VaultSandbox",
            url=options.url,
            headers={"X-API-Key": options.key},
            timeout=httpx.Timeout(seconds, connect=min(seconds, 5.0)),
            credentials="inbox.key, or VAULTSANDBOX_API_KEY",
        )
        self._encryption = options.encryption
        self._encrypted = True
        self._domains: Sequence[str] = ()
        self._inboxes: dict[str, _Inbox] = {}
        self._envelopes: dict[str, str] = {}
        self._events = options.strategy == "sse"
        self._subscription = Subscription(self._account, heard=self._heard, state=self._listening)
        if options.polling_interval is not None and not self._events:
            self.at_least(options.polling_interval / 1000)
        if options.smtp:
            self.smtp_address = host_and_port(options.smtp)
        self.capabilities = Capabilities(push=self._events, quota=_QUOTA, send=options.smtp is not None)

    async def open(self) -> None:
        """Check the key, and ask for domains and encryption. Raises AccessDenied or ProviderUnavailable.

        `/health` is no help: it is 503 on a gateway that works but has no certificate.
        """
        await self._account.call("GET", "/api/check-key")
        info = await self._account.ask("GET", "/api/server-info")
        self._domains = info.get("allowedDomains") or ()
        policy = info.get("encryptionPolicy", "always")
        wanted = {"always": "encrypted", "never": "plain"}.get(policy, self._encryption)
        self._encrypted = (wanted or ("encrypted" if policy == "enabled" else "plain")) == "encrypted"
        if self._encryption not in (None, wanted):
            raise ConfigError(f"inbox.encryption is {self._encryption!r}, but this gateway's policy is {policy!r}")
        self.start(*([self._subscription.run()] if self._events else []))

    async def close(self) -> None:
        """Stop listening, and let go of the connections."""
        await super().close()
        await self._subscription.close()
        await self._account.close()

    async def create(self, address: str) -> str:
        """Create the inbox, at a domain of the gateway, since it refuses all others."""
        local, domain = split(address)
        if self._domains and domain not in self._domains:
            domain = self._domains[0]
        keypair = await asyncio.to_thread(generate_keypair) if self._encrypted else None
        return await self._create(f"{local}@{domain}", keypair)

    async def _create(self, address: str, keypair: Keypair | None) -> str:
        body = {"emailAddress": address, "encryption": "plain" if keypair is None else "encrypted"}
        if keypair is not None:
            body["clientKemPk"] = keypair.public_key_b64
        created = await self._account.ask("POST", "/api/inboxes", json=body)
        self._inboxes[created["emailAddress"]] = _Inbox(
            hash=created["inboxHash"], keypair=keypair, server_key=created.get("serverSigPk")
        )
        return str(created["emailAddress"])

    async def watch(self, address: str, deliver: Deliver) -> None:
        """Subscribe to the inbox."""
        await super().watch(address, deliver)
        self._subscription.add(self._inboxes[address].hash)

    async def unwatch(self, address: str) -> None:
        """Leave the inbox out of the subscription."""
        await super().unwatch(address)
        self._subscription.remove(self._inboxes[address].hash)

    def _listening(self, yes: bool, hashes: Sequence[str]) -> None:  # noqa: FBT001 - a state
        self.pushing = yes
        for address in self.watched:  # what came before the gateway had registered the listener
            if self._inboxes[address].hash in hashes:
                self.look_soon(address)

    async def _heard(self, event: Mapping[str, Any]) -> None:
        for address, inbox in list(self._inboxes.items()):
            if inbox.hash == event.get("inboxId") and "emailId" in event:
                try:
                    self._note(inbox, event["emailId"], event)
                    await self.take(address, [event["emailId"]])
                except Exception:  # noqa: BLE001 - the look fails likewise, and says so
                    self.look_soon(address)

    def _note(self, inbox: _Inbox, id_: str, answer: Mapping[str, Any]) -> None:
        if id_ not in self._envelopes:
            self._envelopes[id_] = json.loads(inbox.open(answer, "metadata"))["to"]

    async def find(self, addresses: Sequence[str]) -> Mapping[str, Sequence[str]]:
        """One list an inbox; the gateway names the newest first."""
        lists = await asyncio.gather(*(self._list(address) for address in addresses))
        return dict(zip(addresses, lists, strict=True))

    async def _list(self, address: str) -> list[str]:
        path = f"/api/inboxes/{quote(address, safe='')}/emails"
        answer = await self._account.call("GET", path, missing=True)
        if answer.status_code == 404:
            await self._create_again(address)
            return []
        read = self.watched[address].read if address in self.watched else set()
        listed = [email for email in reversed(answer.json()) if email["id"] not in read]
        for email in listed:
            self._note(self._inboxes[address], email["id"], email)
        return [email["id"] for email in listed]

    async def _create_again(self, address: str) -> None:
        """A gateway that was restarted, or an inbox that outlived its time: the address must go on receiving."""
        inbox = self._inboxes[address]
        if not same(again := await self._create(address, inbox.keypair), address):
            del self._inboxes[again]
            raise ProviderError(f"VaultSandbox lost the inbox {address} and gave its address away")
        self._subscription.renew()

    async def read(self, address: str, id: str) -> Received | None:  # noqa: A002 - the field's own word
        """The raw message. The gateway drops a +tag from the recipient: what was mailed stands in the metadata."""
        if not same(self._envelopes.get(id, address), address):
            return None
        path = f"/api/inboxes/{quote(address, safe='')}/emails/{quote(id, safe='')}/raw"
        answer = await self._account.call("GET", path, missing=True)
        if answer.status_code == 404:
            return None
        inbox = self._inboxes[address]
        raw = await asyncio.to_thread(inbox.open, answer.json(), "raw")
        if inbox.keypair is not None:
            raw = base64.b64decode(raw)  # within the encryption it is encoded once more
        self._envelopes.pop(id, None)
        return Received(id=id, raw=raw, recipient=address)

    async def delete(self, addresses: Sequence[str]) -> None:
        """Delete these inboxes with their mail, as far as this run created them."""
        paths = [f"/api/inboxes/{quote(address, safe='')}" for address in addresses if address in self._inboxes]
        await all_of(self._account.call("DELETE", path, missing=True) for path in paths)
