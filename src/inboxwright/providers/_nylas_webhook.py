"""Nylas calls this machine when mail came, where it can reach it."""

import asyncio
import logging
from collections.abc import Callable, Mapping
from typing import Any

import httpx

from inboxwright.errors import ProviderError, ProviderUnavailable
from inboxwright.providers._http import HttpAccount
from inboxwright.providers._webhook import WebhookListener

_PATH = "/v3/webhooks"
_REACH = 10.0
"""Seconds that Nylas gives an answer to its challenge."""
_LEAVE = 5.0
"""Seconds that deleting the webhook may hold up the end of a run."""

_log = logging.getLogger("inboxwright.providers")


class NylasWebhook:
    """One webhook of this process, at a URL that no other has: a run that died does not stand in the next one's way."""

    def __init__(
        self,
        account: HttpAccount,
        *,
        url: str,
        listen: tuple[str, int],
        heard: Callable[[Mapping[str, Any]], None],
    ) -> None:
        """`url` is where Nylas finds what listens at `listen`; `heard` is told of each new message."""
        self._account = account
        self._public = url
        self._listener = WebhookListener(listen, signature="x-nylas-signature", heard=heard)
        base = httpx.URL(url)
        self._url = str(base.copy_with(path=f"{base.path.rstrip('/')}/{self._listener.token}"))
        self._id: str | None = None

    async def open(self) -> bool:
        """Whether Nylas calls from now on; if not, a warning says why."""
        try:
            await self._listener.open()
            await self._create()
        except (ProviderError, OSError) as error:
            _log.warning("no webhook at %s, so Nylas is asked in intervals: %s", self._public, error)
            await self.close()
            return False
        return True

    async def _create(self) -> None:
        body = {"trigger_types": ["message.created"], "webhook_url": self._url, "description": "inboxwright"}
        try:
            created = (await self._account.ask("POST", _PATH, json=body))["data"]
        except ProviderError:
            await self._find()
            raise
        self._id = created["id"]
        self._listener.secret = created["webhook_secret"].encode()
        try:
            async with asyncio.timeout(_REACH):
                await self._listener.challenged.wait()
        except TimeoutError:
            raise ProviderUnavailable(f"Nylas did not reach it within {_REACH:g} s") from None

    async def _find(self) -> None:
        """What was refused, or answered too late, may be there all the same."""
        try:
            every = (await self._account.ask("GET", _PATH))["data"]
        except ProviderError:
            return
        self._id = next((webhook["id"] for webhook in every if webhook["webhook_url"] == self._url), None)

    async def close(self) -> None:
        """Delete the webhook, no other, and listen no longer; safe to call twice."""
        id_, self._id = self._id, None
        try:
            if id_ is not None:
                async with asyncio.timeout(_LEAVE):
                    await self._account.call("DELETE", f"{_PATH}/{id_}", missing=True)
        except (ProviderError, TimeoutError) as error:
            _log.warning("webhook %s is left behind; delete it in the dashboard of Nylas: %s", id_, error)
        finally:
            await self._listener.close()
