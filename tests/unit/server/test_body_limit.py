"""A body that does not say how long it is."""

import pytest
from starlette.exceptions import HTTPException
from starlette.types import Message, Receive, Scope, Send

from inboxwright.server.body_limit import BodyLimit
from tests.unit.server.loops import run


async def _read_all(scope: Scope, receive: Receive, send: Send) -> None:
    while (await receive())["more_body"]:
        pass


async def _refused_after(chunk: int, most: int) -> int:
    given = 0

    async def receive() -> Message:
        nonlocal given
        given += chunk
        return {"type": "http.request", "body": b"x" * chunk, "more_body": given < 100 * most}

    async def send(message: Message) -> None:
        raise AssertionError(message)

    with pytest.raises(HTTPException) as refused:
        await BodyLimit(_read_all, most)({"type": "http", "headers": []}, receive, send)
    assert refused.value.status_code == 413
    return given


def test_is_read_no_further_than_the_limit() -> None:
    assert run(_refused_after(chunk=300, most=1000)) == 1200
