"""Callbacks: what an expectation takes, what it says of others, what the receiver does on purpose."""

import asyncio
import json
import re
import threading
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from inboxwright import AsyncCallbacks, CallbackHub, Callbacks, CallTimeout, UnexpectedCall


@pytest.fixture(scope="module")
def hub() -> Iterator[CallbackHub]:
    with CallbackHub() as hub:
        yield hub


@pytest.fixture
def callbacks(hub: CallbackHub) -> Iterator[Callbacks]:
    callbacks = Callbacks.open(hub, timeout=2000)
    yield callbacks
    callbacks.release()


def post(url: str, body: object = None, **more: Any) -> int:
    """The application's call; 0 where there was no answer."""
    try:
        return httpx.post(url, json=body, trust_env=False, **more).status_code
    except httpx.HTTPError:
        return 0


def test_a_call_that_the_block_causes_is_its_value(callbacks: Callbacks) -> None:
    with callbacks.expect_call(method="post", path="/reports", json={"status": "sent"}) as call:
        post(f"{callbacks.url}/reports?tenant=a", {"id": 17, "status": "sent"}, headers={"X-Run": "one"})

    assert call.value.json == {"id": 17, "status": "sent"}
    assert (call.value.query, call.value.headers["x-run"], call.value.status) == ({"tenant": "a"}, "one", 200)


def test_a_call_from_before_the_block_is_none_of_it(callbacks: Callbacks) -> None:
    post(callbacks.url, {"id": 1})

    with callbacks.expect_call() as call:
        post(callbacks.url, {"id": 2})

    assert call.value.json == {"id": 2}
    assert [heard.call.json for heard in callbacks.core.unclaimed] == [{"id": 1}]


def test_a_call_that_comes_later_is_waited_for(callbacks: Callbacks) -> None:
    with callbacks.expect_call(json={"id": 3}) as call:
        later = threading.Timer(0.1, post, (callbacks.url, {"id": 3}))
        later.start()

    assert call.value.json == {"id": 3}
    later.join()


def test_a_failure_names_what_differs(callbacks: Callbacks) -> None:
    wanted = {"status": "sent", "to": [{"address": re.compile("@meadow.test$")}], "error": None}

    with (
        pytest.raises(CallTimeout) as failure,
        callbacks.expect_call(path="/reports", json=wanted, headers={"X-Key": "k"}, timeout=100),
    ):
        post(f"{callbacks.url}/reports", {"status": "queued", "to": [{"address": "kim@orchard.test"}], "at": 1})

    told = str(failure.value)
    assert "POST /reports (answered 200): header X-Key is missing; json.status is 'queued', not 'sent'" in told
    assert "json.to[0].address is 'kim@orchard.test', not /@meadow.test$/" in told
    assert "json.error is missing (there are status, to, at)" in told


@pytest.mark.parametrize(
    ("wanted", "sent", "said"),
    [
        ({"n": 1}, {"n": True}, "json.n is True, not 1"),
        ({"n": [1]}, {"n": [1, 2]}, "json.n is [1, 2], not a list of 1"),
        ({"n": {"m": 1}}, {"n": 5}, "json.n is 5, not an object"),
    ],
)
def test_a_subset_is_exact_about_what_it_names(callbacks: Callbacks, wanted: object, sent: object, said: str) -> None:
    with pytest.raises(CallTimeout, match=re.escape(said)), callbacks.expect_call(json=wanted, timeout=100):
        post(callbacks.url, sent)


def test_silence_of_all_is_told_with_the_url(callbacks: Callbacks) -> None:
    with pytest.raises(CallTimeout, match=f"no call came to {callbacks.url}"), callbacks.expect_call(timeout=50):
        pass


def test_no_call_is_broken_by_one(callbacks: Callbacks) -> None:
    with pytest.raises(UnexpectedCall, match="no call expected, 1 came"), callbacks.expect_no_call():
        post(callbacks.url)


def test_an_exact_count_minds_one_more(callbacks: Callbacks) -> None:
    with callbacks.expect_calls(count=2) as calls:
        for number in range(2):
            post(callbacks.url, {"id": number})
    with pytest.raises(UnexpectedCall), callbacks.expect_calls(count=1):
        for number in range(2):
            post(callbacks.url, {"id": number})

    assert [call.json["id"] for call in calls.value] == [0, 1]


def test_another_tests_path_is_not_heard_and_the_shared_one_is(hub: CallbackHub, callbacks: Callbacks) -> None:
    other = Callbacks.open(hub)

    with callbacks.expect_calls(count=1) as calls:
        post(other.url, {"id": "other"})
        post(f"{hub.url}/reports", {"id": "shared"})

    assert [(call.path, call.json, call.shared) for call in calls.value] == [("/reports", {"id": "shared"}, True)]
    other.release()


def test_a_refused_call_is_waited_for_again(callbacks: Callbacks) -> None:
    callbacks.faults.refuse(503, count=2, retry_after=1)

    with callbacks.expect_call(json={"id": 4}) as call:
        answers = [post(callbacks.url, {"id": 4}) for _ in range(3)]

    assert answers == [503, 503, 200]
    assert [refused.status for refused in call.value.refused_before] == [503, 503]
    assert callbacks.core.unclaimed == []


def test_who_does_not_try_again_is_told_apart(callbacks: Callbacks) -> None:
    callbacks.faults.refuse()

    with (
        pytest.raises(CallTimeout, match=r"POST / \(answered 503\): fits, and was refused"),
        callbacks.expect_call(timeout=50),
    ):
        post(callbacks.url)
    callbacks.faults.clear()

    assert post(callbacks.url) == 200


def test_an_application_that_does_not_wait_has_not_delivered(callbacks: Callbacks) -> None:
    callbacks.faults.delay(5000, count=1)

    with callbacks.expect_call() as call:
        answers = [post(callbacks.url, timeout=0.1), post(callbacks.url)]

    assert answers == [0, 200]
    assert [refused.status for refused in call.value.refused_before] == [None]


def test_an_answer_can_be_broken_off_or_be_any(callbacks: Callbacks) -> None:
    callbacks.faults.answer(202, json.dumps({"ok": True}), path="/answered")
    callbacks.faults.hang_up(path="/gone")

    answered = httpx.post(f"{callbacks.url}/answered", trust_env=False)

    assert (answered.status_code, answered.json()) == (202, {"ok": True})
    assert post(f"{callbacks.url}/gone") == 0
    assert [call.status for call in callbacks.calls()] == [202, None]


def test_a_stranger_cannot_listen(hub: CallbackHub) -> None:
    stranger = CallbackHub(hub.url, "guessed")

    with pytest.raises(Exception, match="is gone: server rejected WebSocket connection: HTTP 403"):
        Callbacks.open(stranger)
    stranger.close()


def test_a_receiver_that_died_ends_the_wait() -> None:
    with CallbackHub() as hub:
        callbacks = Callbacks.open(hub, timeout=20_000)
        ended = threading.Timer(0.1, hub._own.stop if hub._own else None)  # type: ignore[arg-type]
        with pytest.raises(Exception, match="the receiver of callbacks is gone"), callbacks.expect_call():
            ended.start()
        ended.join()


def test_it_is_awaited_alike(hub: CallbackHub) -> None:
    async def journey() -> object:
        callbacks = await AsyncCallbacks.open(hub)
        await callbacks.faults.refuse(count=1)
        async with callbacks.expect_call(json={"id": 5}) as call, httpx.AsyncClient(trust_env=False) as app:
            for _ in range(2):
                await app.post(callbacks.url, json={"id": 5})
        value = await call.value
        await callbacks.release()
        return len(value.refused_before)

    assert asyncio.run(journey()) == 1
