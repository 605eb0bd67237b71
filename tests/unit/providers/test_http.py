"""Retry-After in both its forms, and notifications in theirs."""

import asyncio
import json
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import httpx
import pytest

from inboxwright.errors import ProviderError
from inboxwright.providers import open_backend
from inboxwright.providers._http import HttpAccount, retry_after
from inboxwright.providers._s3_queue import keys_in


def test_seconds() -> None:
    assert retry_after(httpx.Headers({"Retry-After": "7"})) == 7


def test_a_date() -> None:
    date = format_datetime(datetime.now(UTC) + timedelta(seconds=30), usegmt=True)

    assert 28 <= retry_after(httpx.Headers({"Retry-After": date})) <= 30


@pytest.mark.parametrize(
    "value", ["", "soon", "-5", "Thu, 01 Jan 1970 00:00:00 GMT", "\xb2", f"Thu, {10**20} Jan 1970 00:00:00 GMT"]
)
def test_nothing_that_makes_sense(value: str) -> None:
    assert retry_after({"retry-after": value}) == 0


@pytest.mark.parametrize("provider", ["mailpit", "inbucket", "maildev"])
def test_what_answers_with_something_else_is_named(provider: str) -> None:
    async def page(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\nConnection: close\r\n\r\n<html>")
        await writer.drain()
        writer.close()

    async def main() -> None:
        async with await asyncio.start_server(page, "127.0.0.1", 0) as server:
            backend = open_backend(provider, url=f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}")
            try:
                await backend.open()
            finally:
                await backend.close()

    with pytest.raises(ProviderError, match=r"is not \w+: no JSON to GET .*; check inbox\.url"):
        asyncio.run(main())


def test_credentials_in_the_url_are_used_and_never_shown() -> None:
    account = HttpAccount(name="Mailpit", url="http://qa:s3cret@127.0.0.1:8025/")

    assert account.auth == ("qa", "s3cret")
    assert account.url == "http://127.0.0.1:8025"


_S3 = {"Records": [{"s3": {"object": {"key": "inbound/a%2Bb+c"}}}]}
_SES = {"notificationType": "Received", "receipt": {"action": {"type": "S3", "objectKey": "inbound/xyz"}}}


@pytest.mark.parametrize(
    ("body", "keys"),
    [
        (json.dumps(_S3), ["inbound/a+b c"]),
        (json.dumps({"Type": "Notification", "Message": json.dumps(_S3)}), ["inbound/a+b c"]),
        (json.dumps({"Type": "Notification", "Message": json.dumps(_SES)}), ["inbound/xyz"]),
        (json.dumps({"Event": "s3:TestEvent"}), []),
        (json.dumps({"Records": [{"eventSource": "aws:ses", "ses": {}}]}), []),
        ("not JSON", []),
        ("[]", []),
    ],
    ids=["S3", "S3 by SNS", "SES by SNS", "test event", "another service", "no JSON", "no object"],
)
def test_keys_in_notifications(body: str, keys: list[str]) -> None:
    assert list(keys_in(body)) == keys
