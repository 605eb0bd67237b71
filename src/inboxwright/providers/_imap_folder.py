"""What is known of an IMAP folder, and the commands that find out more."""

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from imapclient import imap_utf7

from inboxwright.address import normal
from inboxwright.providers.allowance import Allowance

HEAD = "BODY.PEEK[HEADER.FIELDS (DELIVERED-TO X-ORIGINAL-TO RECEIVED TO CC)]"
"""What tells for whom a message is, without marking it as seen."""
WINDOW = 100
"""UIDs asked for at once."""
_SEARCH_EVERY = 20
"""Looks after which UIDs beyond the window are searched: numbers may jump."""


class Epoch:
    """What is known of the folder under one UIDVALIDITY."""

    def __init__(self, *, validity: int = 0, next_uid: int = 1) -> None:
        self.validity = validity
        self.next_uid = next_uid
        self.uids: dict[str, set[int]] = defaultdict(set)
        self.searched: set[str] = set()
        self._looks = 0
        self._copies: dict[tuple[str, bytes], int] = defaultdict(int)

    def new_heads(self, client: Any) -> Mapping[int, Any]:
        """The heads of the next messages: by numbers, which spares a slow server a search before each fetch."""
        first = self.next_uid
        heads: Mapping[int, Any] = client.fetch(range(first, first + WINDOW), [HEAD])
        self._looks += 1
        if heads or self._looks % _SEARCH_EVERY:
            return heads
        # "n:*" names the last message even where that is older
        beyond = [uid for uid in client.search(["UID", f"{first}:*"]) if uid >= first]
        return client.fetch(beyond, [HEAD]) if beyond else {}

    def ids(self, address: str) -> list[str]:
        """Of the messages that may be for the address, older ones first."""
        return [f"{self.validity}-{uid}" for uid in sorted(self.uids[normal(address)])]

    def copy_of(self, address: str, raw: bytes) -> int:
        """How often the same bytes were read before for the address."""
        key = (address, hashlib.sha256(raw).digest())
        self._copies[key] += 1
        return self._copies[key] - 1


def search(client: Any, address: str) -> set[int]:
    """One plain search a field: nested ORs are beyond some servers (GreenMail 2.1 hangs up)."""
    names = ("Delivered-To", "X-Original-To", "Received", "To", "Cc")
    return {uid for name in names for uid in client.search(["HEADER", name, address])}


def quota_of(client: Any, mailbox: str) -> Sequence[Allowance] | None:
    """The limits of the folder's quota roots (RFC 9208 sections 4.1.2 and 5): STORAGE counts in 1024 octets."""
    if not client.has_capability("QUOTA"):
        return None
    name = imap_utf7.encode(mailbox).replace(b"\\", b"\\\\").replace(b'"', b'\\"')
    _, quotas = client.get_quota_root(b'"' + name + b'"')
    found = []
    for quota in quotas:
        if quota.resource.upper() == "STORAGE":
            found.append(Allowance.of("bytes", used=quota.usage * 1024, limit=quota.limit * 1024))
        elif quota.resource.upper() == "MESSAGE":
            found.append(Allowance.of("messages", used=quota.usage, limit=quota.limit))
    return found


def body_of(data: Mapping[bytes, Any]) -> bytes:
    """The bytes that a fetch brought."""
    return next((bytes(value) for key, value in data.items() if key.startswith(b"BODY[") and value), b"")
