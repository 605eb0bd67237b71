"""Messages in a bucket: Amazon SES receiving to S3, or anything that stores one raw message an object.

Plain S3 only. Keys say nothing of the order: it is that of LastModified, which AWS gives in whole seconds. Objects that
were there before `open` are not read: no address of this run can be older.
"""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import CancelledError, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError, NoCredentialsError

from inboxwright.address import normal, same
from inboxwright.config import S3Options, host_and_port
from inboxwright.errors import AccessDenied, ProviderError, ProviderUnavailable, QuotaExceeded
from inboxwright.providers._arrivals import Arrivals
from inboxwright.providers._envelope import fields, recipients_of, return_path
from inboxwright.providers._http import Pause, retry_after
from inboxwright.providers._s3_queue import S3Queue
from inboxwright.providers.base import Capabilities, Received
from inboxwright.providers.listing import ListingBackend, all_of

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

T = TypeVar("T")

_THREADS = 8
_HEAD = 64 * 1024
"""Bytes from the start of an object in which its header is expected to end."""
_SLOW_DOWN = {"SlowDown", "Throttling", "ThrottlingException", "RequestLimitExceeded", "TooManyRequests"}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Object:
    """An object, or its beginning."""

    raw: bytes
    modified: datetime


class S3Backend(ListingBackend):
    """The bucket, below a prefix; only objects of the run's own messages are deleted."""

    def __init__(self, options: S3Options) -> None:
        super().__init__()
        self._bucket, self._prefix = options.bucket, options.prefix
        session = boto3.session.Session(
            region_name=options.region or ("us-east-1" if options.endpoint else None),
            aws_access_key_id=options.key,
            aws_secret_access_key=options.secret,
        )
        self._client: S3Client = session.client("s3", endpoint_url=options.endpoint, config=_config(options.endpoint))
        self._queue: S3Queue | None = None
        if queue := options.queue:
            sqs = session.client("sqs", endpoint_url=_origin(queue), config=_config(options.endpoint, held=True))
            self._queue = S3Queue(sqs, queue, arrived=self._notified, connected=self._connected)
        self._threads = ThreadPoolExecutor(max_workers=_THREADS, thread_name_prefix="inboxwright s3")
        self._loop: asyncio.AbstractEventLoop | None = None
        self._pause = Pause()
        self._known: dict[str, datetime | None] = {}
        self._whole: dict[str, _Object] = {}
        self._recipients: dict[str, list[str]] = {}
        self._keys: dict[str, list[str]] = defaultdict(list)
        self._arrivals = Arrivals()
        if options.smtp:
            self.smtp_address = host_and_port(options.smtp)
        self.capabilities = Capabilities(
            push=options.queue is not None,
            wildcard=True,
            send=bool(options.smtp),
            authentication=options.endpoint is None,
        )

    async def open(self) -> None:
        """Look at what is there already. Raises AccessDenied, ProviderUnavailable, or ProviderError for no bucket."""
        self._loop = asyncio.get_running_loop()
        self._known = dict(await self._call(self._list))
        self.start()
        if self._queue:
            self._queue.start()

    async def close(self) -> None:
        """Stop looking; a request that a queue holds open ends by itself."""
        if self._queue:
            self._queue.stop()
        await super().close()
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _notified(self, keys: list[str]) -> bool:
        """From the queue's thread: read what came, and say whether it was for an address of ours."""
        if self._loop is None or self._loop.is_closed():
            return False
        try:
            return asyncio.run_coroutine_threadsafe(self._take_now(keys), self._loop).result(60)
        except (ProviderError, TimeoutError, CancelledError):
            return False  # the regular looks find it

    async def _take_now(self, keys: list[str]) -> bool:
        await self._index([key for key in keys if key.startswith(self._prefix)])
        own = {
            address
            for key in keys
            for recipient in self._recipients.get(key, ())
            for address in self.watched
            if same(address, recipient)
        }
        for address in own:
            await self.take(address, list(self._keys[normal(address)]))
        return bool(own)

    def _connected(self, yes: bool) -> None:  # noqa: FBT001 - a state
        if self.pushing != yes and self._loop is not None and not self._loop.is_closed():
            self.pushing = yes
            self._loop.call_soon_threadsafe(self.look_soon)

    async def _call(self, command: Callable[..., T], *arguments: Any) -> T:
        await self._pause.wait()
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, command, *arguments)
        except (BotoCoreError, ClientError) as error:
            raise self._error(error) from error

    def _error(self, error: BotoCoreError | ClientError) -> ProviderError:
        where = f"bucket {self._bucket!r} at {self._client.meta.endpoint_url}"
        if isinstance(error, NoCredentialsError):
            return AccessDenied(f"{where}: no credentials; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY")
        if not isinstance(error, ClientError):
            return ProviderUnavailable(f"{where} does not answer ({error}); check inbox.endpoint, inbox.region")
        answer = error.response.get("ResponseMetadata", {})
        status, code = answer.get("HTTPStatusCode", 0), error.response.get("Error", {}).get("Code", "")
        if status in (402, 429) or code in _SLOW_DOWN:
            self._pause.extend(retry_after(answer.get("HTTPHeaders", {})))
            return QuotaExceeded(f"{where}: its limit is used up ({error})")
        if status in (401, 403):
            return AccessDenied(f"{where} refuses the credentials ({error}); check inbox.key and inbox.secret")
        if status >= 500:
            return ProviderUnavailable(f"{where} fails ({error})")
        return ProviderError(f"{where}: {error}; check inbox.bucket")

    def _list(self) -> dict[str, datetime]:
        pages = self._client.get_paginator("list_objects_v2").paginate(Bucket=self._bucket, Prefix=self._prefix)
        return {entry["Key"]: entry["LastModified"] for page in pages for entry in page.get("Contents", ())}

    def _get(self, key: str, size: int | None = None) -> _Object | None:
        span = f"bytes=0-{'' if size is None else size - 1}"
        try:
            answer = self._client.get_object(Bucket=self._bucket, Key=key, Range=span)
            return _Object(raw=answer["Body"].read(), modified=answer["LastModified"])
        except ClientError as error:
            if error.response.get("Error", {}).get("Code") in ("NoSuchKey", "404", "InvalidRange"):
                return None  # deleted meanwhile, or empty
            raise

    async def find(self, addresses: Sequence[str]) -> Mapping[str, Sequence[str]]:
        """One listing for all; of each object that is new, the header is read once."""
        listed = await self._call(self._list)
        await self._index(sorted(listed.keys() - self._known.keys(), key=lambda key: (listed[key], key)))
        return {address: list(self._keys[normal(address)]) for address in addresses}

    async def _index(self, keys: Sequence[str]) -> None:
        new = [key for key in keys if key not in self._known]
        heads = await asyncio.gather(*(self._call(self._get, key, _HEAD) for key in new))
        for key, head in zip(new, heads, strict=True):
            if key in self._known:
                continue  # a listing and a notification told of it at the same time
            recipients = recipients_of(fields(head.raw if head else b""), one_each=False)
            self._known[key], self._recipients[key] = head.modified if head else None, recipients
            self._arrivals.note(recipients)
            for recipient in recipients:
                self._keys[normal(recipient)].append(key)
            if head and len(head.raw) < _HEAD and any(same(to, own) for to in recipients for own in self.watched):
                self._whole[key] = head

    async def read(self, address: str, id: str) -> Received | None:  # noqa: A002 - the protocol's word
        """The whole object; a small one came with its header."""
        found = self._whole.pop(id, None) or await self._call(self._get, id)
        if found is None:
            return None
        sender = return_path(fields(found.raw))
        return Received(id=id, raw=found.raw, recipient=address, sender=sender, received_at=found.modified)

    def position(self) -> int:
        """The number of objects seen to arrive."""
        return self._arrivals.position

    async def strays(self, after: int | None) -> Sequence[str]:
        """Recipients of the objects that came after the position."""
        return self._arrivals.after(after)

    async def leftovers(self) -> Mapping[str, datetime]:
        """By the header of every object, those from before `open` included."""
        self._known.clear()
        await self.find(())
        found: dict[str, datetime] = {}
        for key, recipients in self._recipients.items():
            came = self._known.get(key)
            found |= {to: max(came, found.get(to, came)) for to in recipients if came is not None}
        return found

    async def delete(self, addresses: Sequence[str]) -> None:
        """Delete the objects of which every recipient is one of the addresses; one shared with others stays."""
        found = await self.find(addresses)
        own = {normal(address) for address in addresses}
        await all_of(
            self._call(partial(self._client.delete_object, Bucket=self._bucket, Key=key))
            for key in {key for keys in found.values() for key in keys}
            if own.issuperset(map(normal, self._recipients[key]))
        )


def _config(endpoint: str | None, *, held: bool = False) -> Config:
    return Config(
        connect_timeout=5,
        read_timeout=30 if held else 20,
        retries={"total_max_attempts": 1},  # we retry ourselves, with the wait's deadline in view
        max_pool_connections=_THREADS,
        s3={"addressing_style": "path"} if endpoint else {},
        proxies={},
    )


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
