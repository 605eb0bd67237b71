"""Who calls the listener of a webhook, and is believed."""

import asyncio
import hashlib
import hmac
from collections.abc import Mapping
from typing import Any

import httpx
import pytest

from inboxwright.processes import free_port
from inboxwright.providers import _webhook
from inboxwright.providers._webhook import WebhookListener

_SECRET = b"secret"


def ask(method: str, path: str, body: bytes = b"", **query: str) -> tuple[int, str, list[Mapping[str, Any]]]:
    """One request, rightly signed: status and text of the answer, and what was heard. `{token}` is the token."""
    heard: list[Mapping[str, Any]] = []
    address = "127.0.0.1", free_port()

    async def once() -> httpx.Response:
        listener = WebhookListener(address, signature="x-signature", heard=heard.append)
        listener.secret = _SECRET
        await listener.open()
        url = f"http://{address[0]}:{address[1]}{path.format(token=listener.token)}"
        headers = {"X-Signature": hmac.new(_SECRET, body, hashlib.sha256).hexdigest()}
        async with httpx.AsyncClient(trust_env=False) as client:
            answer = await client.request(method, url, content=body, headers=headers, params=query)
        await listener.close()
        await listener.close()
        return answer

    answer = asyncio.run(once())
    return answer.status_code, answer.text, heard


@pytest.mark.parametrize("path", ["/{token}", "/some/prefix/{token}"])
def test_what_is_signed_is_heard_below_any_prefix(path: str) -> None:
    assert ask("POST", path, b'{"type": "x"}') == (200, "", [{"type": "x"}])


def test_a_challenge_is_given_back_as_it_is() -> None:
    assert ask("GET", "/{token}", challenge="a<b&c") == (200, "a<b&c", [])


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("path", ["/", "/other", "/{token}/more", "/x{token}"])
def test_who_does_not_know_the_path_gets_404(method: str, path: str) -> None:
    assert ask(method, path, b"{}", challenge="x") == (404, "", [])


@pytest.mark.parametrize("body", [b"", b"[]", b"no json", b"\xff"])
def test_what_is_no_object_is_refused(body: bytes) -> None:
    assert ask("POST", "/{token}", body) == (400, "", [])


def test_a_get_without_a_challenge_is_refused() -> None:
    assert ask("GET", "/{token}") == (400, "", [])


def test_too_large_a_request_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_webhook, "_LARGEST", 10)

    assert ask("POST", "/{token}", b'{"type": "x"}')[::2] == (413, [])
