"""The async face: the same core, awaited."""

import asyncio
from collections.abc import Iterator

import pytest

from inboxwright import AsyncInbox, MailTimeout, UnexpectedMessage, Verdict
from tests.unit.inbox.memory import MemoryProvider, mail


@pytest.fixture
def provider() -> Iterator[MemoryProvider]:
    with MemoryProvider() as connected:
        yield connected


def test_the_mail_that_the_block_causes_is_handed_over(provider: MemoryProvider) -> None:
    async def journey() -> str:
        inbox = await provider.new_async_inbox()
        async with inbox.expect_message(subject="Confirm") as expected:
            provider.send(inbox.address, mail("Confirm"))
        return (await expected.value).subject

    assert asyncio.run(journey()) == "Confirm"


def test_the_loop_keeps_turning_while_mail_is_awaited(provider: MemoryProvider) -> None:
    async def tick(ticks: list[int]) -> None:
        while True:
            ticks.append(1)
            await asyncio.sleep(0)

    async def journey() -> int:
        inbox, ticks = await provider.new_async_inbox(), list[int]()
        ticking = asyncio.create_task(tick(ticks))
        async with inbox.expect_no_message(within=100):
            pass
        ticking.cancel()
        return len(ticks)

    assert asyncio.run(journey()) > 100


def test_many_waiters_of_one_loop_each_get_their_own(provider: MemoryProvider) -> None:
    async def one(inbox: AsyncInbox, number: int) -> str:
        async with inbox.expect_message() as expected:
            provider.send(inbox.address, mail(f"for {number}"))
        return (await expected.value).subject

    async def all_of_them() -> list[str]:
        inboxes = [await provider.new_async_inbox() for _ in range(20)]
        return list(await asyncio.gather(*(one(inbox, number) for number, inbox in enumerate(inboxes))))

    assert asyncio.run(all_of_them()) == [f"for {number}" for number in range(20)]


def test_a_wait_that_was_cancelled_claims_nothing(provider: MemoryProvider) -> None:
    async def journey() -> int:
        inbox = await provider.new_async_inbox()
        waiting = asyncio.create_task(inbox.wait_for_message())
        while not (inbox.core.asked and inbox.core.asked[0].started):  # noqa: ASYNC110 - a beginning announces nothing
            await asyncio.sleep(0.001)
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
        provider.send(inbox.address, mail())
        provider.send(inbox.address, mail())
        return len(inbox.core.unclaimed)

    assert asyncio.run(journey()) == 2


def test_counts_and_verdicts_are_the_same(provider: MemoryProvider) -> None:
    async def journey() -> Verdict:
        inbox = await provider.new_async_inbox()
        with pytest.raises(UnexpectedMessage):
            async with inbox.expect_messages(count=1):
                provider.send(inbox.address, mail())
                provider.send(inbox.address, mail())
        with pytest.raises(MailTimeout) as caught:
            await inbox.wait_for_message(subject="nope", timeout=50)
        assert len(await inbox.messages()) == 2
        return caught.value.verdict

    assert asyncio.run(journey()) is Verdict.FILTERED_OUT
