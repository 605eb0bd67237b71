"""A catch-all mailbox read by IMAP (RFC 9051): IDLE says that mail came, its header says for whom.

What delivers into the mailbox must note the envelope recipient in Delivered-To or X-Original-To, as Postfix and
Dovecot do; Received "for" is the next best, and To the last.
"""

import asyncio
import hashlib
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any, TypeVar

from inboxwright.address import normal, same, split
from inboxwright.config import ImapOptions, host_and_port
from inboxwright.providers._arrivals import Arrivals
from inboxwright.providers._envelope import fields, recipients_of, return_path
from inboxwright.providers._imap_folder import HEAD, WINDOW, Epoch, body_of, quota_of, search
from inboxwright.providers._imap_idle import ImapIdle
from inboxwright.providers._imap_session import ImapAccount, ImapSession
from inboxwright.providers.allowance import Allowance
from inboxwright.providers.base import Capabilities, Received
from inboxwright.providers.listing import ListingBackend, passing
from inboxwright.retrying import retry_context

T = TypeVar("T")


class ImapBackend(ListingBackend):
    """Two connections: one idles, one reads. Messages keep their flags; only the run's own are deleted."""

    capabilities = Capabilities(push=True, wildcard=True)
    first_look, growth = 0.03, 1.2
    """On an open connection; Dovecot tells an idling client of new mail half a second late."""

    def __init__(self, options: ImapOptions) -> None:
        super().__init__()
        account = ImapAccount(
            host=options.host,
            port=options.port,
            security=options.security,
            username=options.username,
            password=options.password or "",
            mailbox=options.mailbox,
        )
        self._plus = options.plus
        self._own = options.plus or options.username
        self._session = ImapSession(account)
        self._idle = ImapIdle(ImapSession(account), arrived=self._arrived, connected=self._connected)
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="inboxwright imap")
        self._loop: asyncio.AbstractEventLoop | None = None
        self._arrivals = Arrivals()
        self._epoch = Epoch()
        self._former: dict[str, list[str]] = defaultdict(list)
        if options.smtp:
            self.smtp_address = host_and_port(options.smtp)
        self.capabilities = Capabilities(
            push=True,
            wildcard=options.plus is None,
            plus_address=options.plus is not None,
            send=bool(options.smtp),
        )

    async def open(self) -> None:
        """Log in and select the folder. Raises AccessDenied or ProviderUnavailable."""
        self._loop = asyncio.get_running_loop()
        # A server that has just started, or is busy, may hang up on a greeting.
        retries = retry_context(on=passing, attempts=3, wait_initial=0.1, wait_max=0.5, wait_jitter=0.1)
        async for attempt in retries:
            with attempt:
                await self._run(self._refresh)
        self.start()
        self._idle.start()

    async def close(self) -> None:
        """Log out of both connections."""
        self._idle.stop()
        await super().close()
        if self._idle.is_alive():
            await asyncio.to_thread(self._idle.join, 5)
        self._session.close()
        self._thread.shutdown(wait=False, cancel_futures=True)

    async def create(self, address: str) -> str:
        """With `plus`, the address becomes a tag of that mailbox (RFC 5233)."""
        if self._plus is not None:
            (user, domain), (tag, _) = split(self._plus), split(address)
            address = f"{user}+{tag}@{domain.lower()}"
        self._epoch.searched.add(address)  # a fresh one has no mail from before the connection
        return address

    def _arrived(self) -> None:
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self.look_soon)

    def _connected(self, yes: bool) -> None:  # noqa: FBT001 - a state
        self.pushing = yes
        self._arrived()  # what came while nobody listened

    async def _run(self, command: Callable[[Any], T]) -> T:
        running = asyncio.get_running_loop().run_in_executor(self._thread, self._session.run, command)
        return await running

    def _refresh(self, client: Any) -> None:
        client.noop()  # only then does a selected folder show what is new
        if self._epoch.validity != self._session.validity:
            self._epoch = Epoch(validity=self._session.validity, next_uid=self._session.next_uid)
        epoch = self._epoch
        while True:
            heads = epoch.new_heads(client)
            self._index(epoch, heads)
            if len(heads) < WINDOW:
                break

    def _index(self, epoch: Epoch, heads: Mapping[int, Any]) -> None:
        for uid in sorted(heads):
            epoch.next_uid = uid + 1
            recipients = recipients_of(fields(body_of(heads[uid])), own=self._own)
            self._arrivals.note(recipients)
            for recipient in recipients:
                epoch.uids[normal(recipient)].add(uid)

    async def find(self, addresses: Sequence[str]) -> Mapping[str, Sequence[str]]:
        """By the headers of what is new; what is older than the connection by a search, once for each address."""
        return await self._run(lambda client: self._find(client, addresses))

    def _find(self, client: Any, addresses: Sequence[str]) -> Mapping[str, Sequence[str]]:
        self._refresh(client)
        epoch = self._epoch
        for address in addresses:
            if address not in epoch.searched:
                epoch.uids[normal(address)].update(search(client, address))
                epoch.searched.add(address)
        return {address: epoch.ids(address) for address in addresses}

    async def read(self, address: str, id: str) -> Received | None:  # noqa: A002 - the protocol's word
        """The whole message, without marking it as seen."""
        validity, uid = map(int, id.split("-"))
        return await self._run(lambda client: self._read(client, address, validity, uid))

    def _read(self, client: Any, address: str, validity: int, uid: int) -> Received | None:
        if validity != self._session.validity:
            return None  # the folder was made anew: the next look finds the message under another UID
        found = client.fetch([uid], ["BODY.PEEK[]", "INTERNALDATE"])
        if uid not in found:
            return None
        raw = body_of(found[uid])
        head = fields(raw)
        if not any(same(address, recipient) for recipient in recipients_of(head, own=self._own)):
            return None
        received_at = found[uid].get(b"INTERNALDATE")
        return Received(
            id=self._same_id(address, raw, validity, uid),
            raw=raw,
            recipient=address,
            sender=return_path(head),
            received_at=received_at.astimezone() if received_at else None,
        )

    def _same_id(self, address: str, raw: bytes, validity: int, uid: int) -> str:
        """An id that outlives a change of UIDVALIDITY: the n-th copy of the same bytes keeps its first id."""
        ids = self._former[f"{address} {hashlib.sha256(raw).hexdigest()}"]
        copy = self._epoch.copy_of(address, raw)
        if copy == len(ids):
            ids.append(f"{validity}-{uid}")
        return ids[copy]

    def position(self) -> int:
        """The number of arrivals seen."""
        return self._arrivals.position

    async def strays(self, after: int | None) -> Sequence[str]:
        """Recipients of what arrived in the mailbox after the position."""
        if self.trouble is None:  # the wait is over: no time for a server that does not answer
            await self._run(self._refresh)
        return self._arrivals.after(after)

    async def leftovers(self) -> Mapping[str, datetime]:
        """By the headers and arrival times (INTERNALDATE) of the whole folder."""
        return await self._run(self._leftovers)

    def _leftovers(self, client: Any) -> Mapping[str, datetime]:
        uids, found = client.search(["ALL"]), dict[str, datetime]()
        for part in (uids[start : start + 500] for start in range(0, len(uids), 500)):
            for data in client.fetch(part, [HEAD, "INTERNALDATE"]).values():
                came = data[b"INTERNALDATE"].astimezone()
                for recipient in recipients_of(fields(body_of(data)), own=self._own):
                    found[recipient] = max(came, found.get(recipient, came))
        return found

    async def left(self) -> Sequence[Allowance] | None:
        """By the QUOTA extension (RFC 9208 section 4.1.2); None where the server has none."""
        return await self._run(lambda client: quota_of(client, self._session.mailbox))

    async def delete(self, addresses: Sequence[str]) -> None:
        """Delete the messages of the addresses by UID EXPUNGE (RFC 4315); without it they are only marked."""
        await self._run(lambda client: self._delete(client, addresses))

    def _delete(self, client: Any, addresses: Sequence[str]) -> None:
        self._session.select(client, readonly=False)
        try:
            self._find(client, addresses)
            uids = sorted({uid for address in addresses for uid in self._epoch.uids[normal(address)]})
            heads = client.fetch(uids, [HEAD]) if uids else {}
            own = [
                uid
                for uid, head in heads.items()
                if (recipients := recipients_of(fields(body_of(head)), own=self._own))
                and all(any(same(to, address) for address in addresses) for to in recipients)
            ]
            if own:
                client.delete_messages(own, silent=True)
                if client.has_capability("UIDPLUS"):
                    client.uid_expunge(own)  # a plain EXPUNGE would also remove what others have marked
        finally:
            self._session.select(client, readonly=True)
