"""One account of an HTTP service: its errors as ours, and its Retry-After kept by every request."""

import asyncio
import base64
import time
from collections.abc import Container, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from types import TracebackType
from typing import Any, Self

import httpx

from inboxwright.errors import AccessDenied, ProviderError, ProviderUnavailable, QuotaExceeded

_TIMEOUT = httpx.Timeout(20.0, connect=5.0)
"""Seconds; a wait's own deadline cuts a slow answer off before."""

_LOOPBACK = ("127.0.0.1", "::1", "localhost")


class Pause:
    """Until when a service asked to be left alone: for all requests of an account."""

    def __init__(self) -> None:
        self._until = 0.0

    def extend(self, seconds: float) -> None:
        """Send nothing for so long from now."""
        self._until = max(self._until, time.monotonic() + seconds)

    async def wait(self) -> None:
        """Return when requests are welcome again."""
        await asyncio.sleep(max(self._until - time.monotonic(), 0.0))


class HttpAccount:
    """Sends requests; none leaves before the time that a Retry-After asked for, whichever request was told so."""

    def __init__(
        self,
        *,
        name: str,
        url: str,
        auth: tuple[str, str] | None = None,
        headers: dict[str, str] | None = None,
        timeout: httpx.Timeout = _TIMEOUT,
        credentials: str = "inbox.username and inbox.password",
        proxies: bool = False,
    ) -> None:
        """`credentials` names the options to check; `proxies` heeds HTTPS_PROXY and the like, for a hosted service."""
        self.name = name
        self._credentials = credentials
        base = httpx.URL(url)
        if base.userinfo and auth is None:
            auth = (base.username, base.password)
        self.url = str(base.copy_with(userinfo=b"")).rstrip("/")
        self.auth = auth
        self.headers = headers or {}
        self._client = httpx.AsyncClient(
            base_url=self.url,
            auth=auth,
            headers=headers,
            timeout=timeout,
            trust_env=proxies and base.host not in _LOOPBACK,
        )
        self.pause = Pause()

    @property
    def basic(self) -> dict[str, str]:
        """The header that names the user (RFC 7617), for connections that are not made here."""
        if self.auth is None:
            return {}
        return {"Authorization": "Basic " + base64.b64encode(":".join(self.auth).encode()).decode()}

    async def call(
        self, method: str, path: str, *, missing: bool = False, accept: Container[int] = (), **request: Any
    ) -> httpx.Response:
        """One request. With `missing`, 404 and 410 are answers too: what was there is gone; so are those in `accept`.

        Raises AccessDenied (401, 403), QuotaExceeded (402, 429) or ProviderUnavailable (no answer, 5xx).
        """
        await self.pause.wait()
        try:
            answer = await self._client.request(method, path, **request)
        except httpx.HTTPError as error:
            reason = str(error) or type(error).__name__
            raise ProviderUnavailable(
                f"{self.name} at {self.url} does not answer ({reason}); check inbox.url and that it runs"
            ) from error
        status = answer.status_code
        if answer.is_success or (missing and status in (404, 410)) or status in accept:
            return answer
        self._heed(answer)
        raise self._error(answer, f"{method} {path}")

    async def ask(self, method: str, path: str, **request: Any) -> Any:
        """The JSON of one answer; as `call`, and ProviderError where something else answers."""
        answer = await self.call(method, path, **request)
        try:
            return answer.json()
        except ValueError:
            raise ProviderError(
                f"what answers at {self.url} is not {self.name}: no JSON to {method} {path}; check inbox.url"
            ) from None

    def _heed(self, answer: httpx.Response) -> None:
        if answer.status_code in (402, 429, 503):
            self.pause.extend(retry_after(answer.headers))

    def _error(self, answer: httpx.Response, what: str) -> ProviderError:
        status = answer.status_code
        said = f"{self.name} at {self.url} answered {status} to {what}"
        if status in (401, 403):
            return AccessDenied(f"{said}: it refuses the credentials; check {self._credentials}")
        if status in (402, 429):
            return QuotaExceeded(f"{said}: its limit is used up")
        if status >= 500:
            return ProviderUnavailable(f"{said}: it fails; see its log")
        return ProviderError(f"{said}: {answer.text[:200]}; check that inbox.url is that of {self.name}")

    async def close(self) -> None:
        """Let go of the connections."""
        await self._client.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.close()


def retry_after(headers: Mapping[str, str]) -> float:
    """Seconds that a Retry-After asks for, as a number or as a date (RFC 9110 section 10.2.3); 0 without one."""
    value = headers.get("retry-after", "").strip()
    if value.isdecimal():
        return float(value)
    try:
        then = parsedate_to_datetime(value)
    except (ValueError, OverflowError):
        return 0.0
    then = then if then.tzinfo else then.replace(tzinfo=UTC)
    return max((then - datetime.now(UTC)).total_seconds(), 0.0)
