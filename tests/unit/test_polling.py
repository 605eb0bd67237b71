"""Values that lag: what is asked, when it ends, and what a failure tells."""

import asyncio
import re
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

import pytest

from inboxwright import PollTimeout, async_poll, poll
from inboxwright.polling import Watch


def answers(*values: Any) -> Callable[[], Any]:
    """Gives one after the other, the last one for ever."""
    left = list(values)
    return lambda: left.pop(0) if len(left) > 1 else left[0]


def test_a_value_that_comes_is_returned() -> None:
    assert poll(answers("pending", "pending", "sent")).to_equal("sent") == "sent"


def test_a_failure_tells_what_was_seen_how_often_and_when() -> None:
    with pytest.raises(PollTimeout) as failure:
        poll(answers("queued", "pending"), timeout=500, message="status of 17").to_equal("sent")

    said = r"status of 17: expected 'sent' within 500 ms; seen: queued, 0 ms; pending ×3, 1\d\d–[45]\d\d ms"
    assert re.fullmatch(said, str(failure.value)), failure.value


def test_the_last_look_is_at_the_timeout_not_before() -> None:
    asked: list[str] = []

    def ask() -> str:
        asked.append("once more")
        return "pending"

    with pytest.raises(PollTimeout):
        poll(ask, timeout=50).to_equal("sent")

    assert len(asked) == 2


def test_satisfied_gives_the_value_itself() -> None:
    assert poll(answers(1, 2, 3)).to_satisfy(lambda count: count > 2) == 3


def test_an_exception_ends_it_unless_its_type_is_ignored() -> None:
    states = {"17": "sent"}
    ask = answers("no such", "no such", "17")

    assert poll(lambda: states[ask()], ignore=(KeyError,)).to_equal("sent") == "sent"
    with pytest.raises(KeyError):
        poll(lambda: states["no such"]).to_equal("sent")


def test_what_was_ignored_is_told() -> None:
    with pytest.raises(PollTimeout, match="seen: ZeroDivisionError: division by zero ×2, 0–"):
        poll(lambda: 1 / 0, ignore=(ZeroDivisionError,), timeout=50).to_equal(1.0)


def test_a_failure_names_the_last_of_many_values_and_cuts_a_long_one() -> None:
    watch = Watch(wanted="'done'", timeout=50, message=None)
    for number in range(40):
        watch.note(str(number))
    watch.note("x" * 1000)

    assert "seen: … 29 before; 29, " in str(watch.failure())

    with pytest.raises(PollTimeout, match=r"seen: x{200}… ×2, 0–"):
        poll(lambda: "x" * 1000, timeout=50).to_equal("y")


def test_between_two_looks_it_waits_as_it_is_told() -> None:
    waited: list[Future[Any]] = []

    def wait(future: Future[Any]) -> Any:
        waited.append(future)
        return future.result()

    poll(answers("pending", "sent"), wait=wait).to_equal("sent")

    assert len(waited) == 1


def test_it_is_awaited_alike() -> None:
    ask = answers("pending", "sent")

    async def status() -> str:
        return str(ask())

    assert asyncio.run(async_poll(status).to_equal("sent")) == "sent"


def test_awaited_and_in_vain_it_tells_the_same() -> None:
    async def status() -> str:
        return "pending"

    with pytest.raises(PollTimeout, match="expected what the lambda accepts within 50 ms; seen: pending ×2, 0–"):
        asyncio.run(async_poll(status, timeout=50).to_satisfy(lambda status: status == "sent"))
