"""A provider makes inboxes, lets go of them, and ends."""

import asyncio
import gc
import weakref
from collections.abc import Sequence

import pytest

from inboxwright import ProviderUnavailable, QuotaExceeded
from inboxwright.loops import LoopThread
from tests.unit.inbox.memory import MemoryProvider, mail


def test_an_inbox_that_is_refused_once_is_created_all_the_same() -> None:
    with MemoryProvider() as provider:
        provider.backend.full = [QuotaExceeded("429"), ProviderUnavailable("503")]

        assert provider.new_inbox("patient").address.startswith("patient-")


def test_closing_deletes_the_runs_own_addresses_and_no_others() -> None:
    with MemoryProvider() as provider:
        addresses = [provider.new_inbox().address for _ in range(2)]

    assert provider.backend.deleted == addresses


def test_a_clean_up_that_nobody_foresaw_to_fail_does_not_break_the_end(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def garbage(addresses: Sequence[str]) -> None:
        raise KeyError("messages")

    with MemoryProvider() as provider:
        provider.new_inbox()
        monkeypatch.setattr(provider.backend, "delete", garbage)

    assert "is left behind (`inboxwright sweep` removes it): KeyError('messages')" in caplog.text


def test_a_released_inbox_is_listened_for_no_more_and_still_deleted() -> None:
    with MemoryProvider() as provider:
        inbox = provider.new_inbox()
        provider.release(inbox)
        kept = provider.new_inbox()

        provider.send(inbox.address, mail())
        provider.send(kept.address, mail())

        assert provider.backend.watched.keys() == {kept.address}
        assert inbox.core.unclaimed == []
    assert inbox.address in provider.backend.deleted


def test_a_released_inbox_is_not_kept_in_memory() -> None:
    with MemoryProvider() as provider:
        inbox = provider.new_inbox()
        mailbox = weakref.ref(inbox.core.mailbox)

        provider.release(inbox)
        provider.send(inbox.address, mail())  # what was to be done in the provider's thread is done
        del inbox
        gc.collect()

        assert mailbox() is None


def test_an_inbox_of_a_closed_provider_says_so() -> None:
    with MemoryProvider() as provider:
        inbox = provider.new_inbox()

    with pytest.raises(RuntimeError, match="the provider is closed"):
        inbox.messages()


def test_nothing_is_begun_while_the_thread_ends() -> None:
    thread, begun = LoopThread("test"), list[object]()

    async def begin_more_at_the_end() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            begun.append(thread.submit(asyncio.sleep(3600)))  # nobody would ever complete it

    thread.submit(asyncio.sleep(0)).result()
    thread.submit(begin_more_at_the_end())
    thread.close()
    thread.close()

    assert begun == []
