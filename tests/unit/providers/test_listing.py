"""The shared poller: one look for all who ask, growing pauses, and answers that fail or never come."""

import asyncio
from collections.abc import Callable, Mapping, Sequence

import pytest

from inboxwright.errors import AccessDenied, ProviderUnavailable
from inboxwright.providers import Received
from inboxwright.providers._recent import RecentListingBackend
from inboxwright.providers.listing import Interval, ListingBackend


class Shelf(ListingBackend):
    """Mail in a dictionary."""

    def __init__(self) -> None:
        super().__init__()
        self.mail: dict[str, list[str]] = {}
        self.looks: list[set[str]] = []
        self.error: Exception | None = None
        self.gate: asyncio.Event | None = None

    async def open(self) -> None:
        self.start()

    async def find(self, addresses: Sequence[str]) -> Mapping[str, Sequence[str]]:
        self.looks.append(set(addresses))
        if self.gate:
            await self.gate.wait()
        if self.error:
            raise self.error
        return {address: list(self.mail.get(address, ())) for address in addresses}

    async def read(self, address: str, id: str) -> Received | None:  # noqa: A002 - the protocol's word
        return None if id.startswith("other") else Received(id=id, raw=b"", recipient=address)

    async def delete(self, addresses: Sequence[str]) -> None:
        raise NotImplementedError


async def _until(condition: Callable[[], object]) -> None:
    async with asyncio.timeout(5):
        while not condition():  # noqa: ASYNC110 - what is looked at announces nothing
            await asyncio.sleep(0.001)


async def _watching(*addresses: str) -> tuple[Shelf, dict[str, list[str]]]:
    shelf, got = Shelf(), {address: list[str]() for address in addresses}
    await shelf.open()
    for address in addresses:
        await shelf.watch(address, lambda received: got[received.recipient].append(received.id))
    for address in addresses:
        await shelf.synchronize(address)
    return shelf, got


def test_what_is_there_is_delivered_once_and_in_order() -> None:
    async def scenario() -> list[str]:
        shelf, got = await _watching("a@x")
        shelf.mail["a@x"] = ["1", "other", "2"]
        await shelf.synchronize("a@x")
        shelf.mail["a@x"] += ["3"]
        await shelf.synchronize("a@x")
        await shelf.close()
        return got["a@x"]

    assert asyncio.run(scenario()) == ["1", "2", "3"]


def test_all_who_ask_at_once_share_one_look() -> None:
    async def scenario() -> int:
        addresses = [f"{number}@x" for number in range(50)]
        shelf, _ = await _watching(*addresses)
        before = len(shelf.looks)
        await asyncio.gather(*(shelf.synchronize(address) for address in addresses))
        await shelf.close()
        return len(shelf.looks) - before

    assert asyncio.run(scenario()) <= 2


class Many(RecentListingBackend, Shelf):
    """Asked inbox by inbox."""


def test_whoever_takes_a_cursor_is_looked_at_however_many_they_are() -> None:
    async def scenario() -> list[str]:
        many, got = Many(), list[str]()
        addresses = [f"{number}@x" for number in range(100)]
        many.mail = {address: [f"to {address}"] for address in addresses}
        await many.open()
        for address in addresses:
            await many.watch(address, lambda received: got.append(received.id))
        await asyncio.gather(*(many.synchronize(address) for address in addresses))
        await many.close()
        return got

    assert sorted(asyncio.run(scenario())) == sorted(f"to {number}@x" for number in range(100))


def test_of_many_inboxes_that_nobody_asks_for_the_newest_are_looked_at() -> None:
    async def scenario() -> set[str]:
        many = Many()
        for number in range(100):
            await many.watch(f"{number}@x", print)
        await many.open()
        await _until(lambda: many.looks)
        await many.close()
        return many.looks[0]

    assert asyncio.run(scenario()) == {f"{number}@x" for number in range(70, 100)}


def test_what_many_inboxes_missed_is_found_though_nobody_asks_again() -> None:
    async def scenario() -> None:
        many, got = Many(), list[str]()
        addresses = [f"{number}@x" for number in range(100)]
        await many.open()
        for address in addresses:
            await many.watch(address, lambda received: got.append(received.id))
        await asyncio.gather(*(many.synchronize(address) for address in addresses))
        many.pushing = True

        many.mail = {address: [f"to {address}"] for address in addresses}
        many.look_soon()  # as when a connection is there again

        await _until(lambda: len(got) == len(addresses))
        await many.close()

    asyncio.run(scenario())


def test_a_look_that_began_before_the_question_does_not_answer_it() -> None:
    async def scenario() -> list[str]:
        shelf, got = await _watching("a@x")
        shelf.gate, before = asyncio.Event(), len(shelf.looks)
        shelf.look_soon("a@x")
        await _until(lambda: len(shelf.looks) > before)
        question = asyncio.create_task(shelf.synchronize("a@x"))
        await asyncio.sleep(0)
        shelf.mail["a@x"] = ["late"]
        shelf.gate.set()
        await question
        await shelf.close()
        return got["a@x"]

    assert asyncio.run(scenario()) == ["late"]


def test_a_refused_key_is_not_tried_again() -> None:
    async def scenario() -> int:
        shelf, _ = await _watching("a@x")
        shelf.error = AccessDenied("no")
        with pytest.raises(AccessDenied):
            await shelf.synchronize("a@x")
        assert isinstance(shelf.trouble, AccessDenied)
        await shelf.close()
        return len(shelf.looks)

    assert asyncio.run(scenario()) <= 4


def test_a_passing_failure_is_tried_again_and_forgotten() -> None:
    async def scenario() -> None:
        shelf, got = await _watching("a@x")
        shelf.error = ProviderUnavailable("down")
        question = asyncio.create_task(shelf.synchronize("a@x"))
        await _until(lambda: shelf.trouble)
        shelf.mail["a@x"], shelf.error = ["1"], None
        await question
        assert shelf.trouble is None
        assert got["a@x"] == ["1"]
        await shelf.close()

    asyncio.run(scenario())


def test_an_answer_nobody_foresaw_is_trouble_and_not_the_end() -> None:
    async def scenario() -> None:
        shelf, got = await _watching("a@x")
        shelf.error = KeyError("messages")
        question = asyncio.create_task(shelf.synchronize("a@x"))
        await _until(lambda: shelf.trouble)
        assert isinstance(shelf.trouble, ProviderUnavailable)
        shelf.mail["a@x"], shelf.error = ["1"], None
        await question
        assert got["a@x"] == ["1"]
        await shelf.close()

    asyncio.run(scenario())


def test_an_answer_that_does_not_come_is_trouble() -> None:
    async def scenario() -> None:
        shelf, _ = await _watching("a@x")
        shelf.gate = asyncio.Event()
        shelf.look_soon()
        await _until(lambda: shelf.trouble)
        assert "has not answered for" in str(shelf.trouble)
        await shelf.close()

    asyncio.run(scenario())


def test_pauses_grow_from_a_quarter_to_one_and_a_half_seconds() -> None:
    interval = Interval()

    pauses = [interval.next(pushing=False) for _ in range(8)]

    assert 0.225 <= pauses[0] <= 0.25
    assert 1.35 <= pauses[-1] <= 1.5
    assert len(set(pauses)) == 8


def test_pauses_grow_further_where_the_provider_pushes() -> None:
    interval = Interval()

    pauses = [interval.next(pushing=True) for _ in range(20)]

    assert 13.5 <= pauses[-1] <= 15
