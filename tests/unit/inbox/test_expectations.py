"""What a wait hands over, and what it does not."""

import asyncio
import re
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Future
from typing import TypeVar

import pytest

from inboxwright import MailTimeout, MatchError, Message, UnexpectedMessage
from inboxwright.inbox._senders import SenderPolicy
from inboxwright.providers.base import Received
from tests.unit.inbox.memory import MemoryProvider, mail

T = TypeVar("T")


@pytest.fixture
def provider() -> Iterator[MemoryProvider]:
    with MemoryProvider() as connected:
        yield connected


def test_the_mail_that_the_block_causes_is_handed_over(provider: MemoryProvider) -> None:
    inbox = provider.new_inbox()

    with inbox.expect_message(subject="Confirm") as expected:
        provider.send(inbox.address, mail("Confirm"))

    assert expected.value.subject == "Confirm"
    assert expected.value.recipient == inbox.address


def test_who_forgets_value_is_told_of_it(provider: MemoryProvider) -> None:
    expected = provider.new_inbox().expect_message()
    awaited = asyncio.run(provider.new_async_inbox()).expect_message()

    with pytest.raises(AttributeError, match=r"\.value\.link"):
        getattr(expected, "link")  # noqa: B009 - a type checker would refuse it otherwise
    with pytest.raises(AttributeError, match=r"\(await ….value\)\.link"):
        getattr(awaited, "link")  # noqa: B009


def test_an_older_mail_is_never_mistaken_for_the_new_one(provider: MemoryProvider) -> None:
    inbox = provider.new_inbox()
    provider.send(inbox.address, mail("Confirm", text="old"))

    with inbox.expect_message(subject="Confirm") as expected:
        provider.send(inbox.address, mail("Confirm", text="new"))

    assert expected.value.text.strip() == "new"


def test_a_mail_that_the_server_holds_but_has_not_pushed_yet_counts_as_older(provider: MemoryProvider) -> None:
    inbox = provider.new_inbox()
    provider.backend.store(inbox.address, mail("Confirm", text="old"))

    with inbox.expect_message(subject="Confirm") as expected:
        provider.send(inbox.address, mail("Confirm", text="new"))

    assert expected.value.text.strip() == "new"


def test_a_timeout_of_0_is_no_limit(provider: MemoryProvider) -> None:
    inbox = provider.new_inbox()

    with inbox.expect_message(timeout=0) as expected:
        later = threading.Timer(0.2, provider.send, (inbox.address, mail("Confirm")))
        later.start()

    assert expected.value.subject == "Confirm"


@pytest.mark.parametrize("count", [0, -1])
def test_a_count_that_asserts_nothing_is_refused(provider: MemoryProvider, count: int) -> None:
    inbox = provider.new_inbox()

    with pytest.raises(ValueError, match="expect_no_message"):
        inbox.expect_messages(count=count)


def test_a_mail_that_arrives_long_after_the_block_is_waited_for(provider: MemoryProvider) -> None:
    inbox = provider.new_inbox()

    with inbox.expect_message() as expected:
        later = threading.Timer(0.2, provider.send, (inbox.address, mail("Late")))
        later.start()

    assert expected.value.subject == "Late"
    later.join()


def test_a_message_pushed_twice_is_one_message(provider: MemoryProvider) -> None:
    inbox = provider.new_inbox()

    with inbox.expect_message(settle=50):
        provider.send(inbox.address, mail(), number="same")
        provider.send(inbox.address, mail(), number="same")

    assert len(inbox.messages()) == 1


def test_nested_expectations_each_get_what_they_asked_for(provider: MemoryProvider) -> None:
    inbox = provider.new_inbox()

    with inbox.expect_message(subject="Welcome") as outer, inbox.expect_message(subject=re.compile("^Conf")) as inner:
        provider.send(inbox.address, mail("Confirm"))
        provider.send(inbox.address, mail("Welcome"))

    assert (outer.value.subject, inner.value.subject) == ("Welcome", "Confirm")


def test_an_exception_in_the_block_wins_and_nothing_is_waited_for(provider: MemoryProvider) -> None:
    inbox = provider.new_inbox(hint="slow")
    started = time.monotonic()

    with pytest.raises(KeyError, match="the click"), inbox.expect_message(timeout=20_000):
        raise KeyError("the click")

    assert time.monotonic() - started < 10


def test_the_sender_is_compared_without_case_and_the_subject_with_it(provider: MemoryProvider) -> None:
    inbox = provider.new_inbox()

    with inbox.expect_message(sender="APP@example.org", subject="Hello") as expected:
        provider.send(inbox.address, mail("HELLO"))
        provider.send(inbox.address, mail("Hello"))

    assert expected.value.subject == "Hello"


def test_where_decides_and_a_match_error_in_it_means_not_this_one(provider: MemoryProvider) -> None:
    inbox = provider.new_inbox()

    with inbox.expect_message(where=lambda message: message.code()) as expected:
        provider.send(inbox.address, mail("Receipt", text="Thank you for your order."))
        provider.send(inbox.address, mail("Sign in", text="Your code:\n\n493821\n"))

    assert expected.value.code() == "493821"


def test_a_mistake_in_where_is_not_taken_for_a_timeout(provider: MemoryProvider) -> None:
    inbox = provider.new_inbox()

    with pytest.raises(ZeroDivisionError), inbox.expect_message(where=lambda _: 1 / 0):
        provider.send(inbox.address, mail())


def test_a_timeout_of_wheres_own_is_not_taken_for_the_waits(provider: MemoryProvider) -> None:
    inbox = provider.new_inbox()

    def look_it_up(_: Message) -> object:
        raise TimeoutError("the database")

    with pytest.raises(TimeoutError, match="the database"), inbox.expect_message(where=look_it_up):
        provider.send(inbox.address, mail())


def test_a_late_duplicate_fails_a_wait_that_settles(provider: MemoryProvider) -> None:
    inbox = provider.new_inbox()

    with pytest.raises(UnexpectedMessage, match="2 arrived"), inbox.expect_message(subject="Hello", settle=2000):
        provider.send(inbox.address, mail("Hello"))
        later = threading.Timer(0.1, provider.send, (inbox.address, mail("Hello")))
        later.start()
    later.join()


def test_settling_asks_a_provider_that_has_not_told_yet(provider: MemoryProvider) -> None:
    inbox = provider.new_inbox()

    with pytest.raises(UnexpectedMessage, match="2 arrived"), inbox.expect_message(subject="Hello", settle=50):
        provider.send(inbox.address, mail("Hello"))
        provider.backend.store(inbox.address, mail("Hello"))


def test_other_mail_does_not_disturb_a_wait_that_settles(provider: MemoryProvider) -> None:
    inbox = provider.new_inbox()

    with inbox.expect_message(subject="Hello", settle=50) as expected:
        provider.send(inbox.address, mail("Hello"))
        provider.send(inbox.address, mail("News"))

    assert expected.value.subject == "Hello"


def test_a_number_of_mails_is_asserted_exactly(provider: MemoryProvider) -> None:
    inbox = provider.new_inbox()

    with inbox.expect_messages(count=2) as two:
        provider.send(inbox.address, mail("one"))
        provider.send(inbox.address, mail("two"))
    with pytest.raises(UnexpectedMessage, match="3 arrived"), inbox.expect_messages(count=2):
        for subject in ("three", "four", "five"):
            provider.send(inbox.address, mail(subject))

    assert [message.subject for message in two.value] == ["one", "two"]


def test_one_too_few_is_a_timeout_that_says_how_many_came(provider: MemoryProvider) -> None:
    inbox = provider.new_inbox()

    with pytest.raises(MailTimeout, match="1 of 2 arrived"), inbox.expect_messages(count=2, timeout=100):
        provider.send(inbox.address, mail())


def test_silence_is_asserted(provider: MemoryProvider) -> None:
    inbox = provider.new_inbox()
    provider.send(inbox.address, mail("older"))

    with inbox.expect_no_message(within=50) as nothing:
        pass

    assert nothing.value is None


def test_a_mail_that_breaks_the_silence_is_named_at_once(provider: MemoryProvider) -> None:
    inbox = provider.new_inbox()
    started = time.monotonic()

    with pytest.raises(UnexpectedMessage, match="'Surprise'"), inbox.expect_no_message(within=20_000):
        provider.send(inbox.address, mail("Surprise"))

    assert time.monotonic() - started < 10


def test_silence_counts_what_the_server_held_back(provider: MemoryProvider) -> None:
    inbox = provider.new_inbox()

    with pytest.raises(UnexpectedMessage), inbox.expect_no_message(within=50):
        provider.backend.store(inbox.address, mail())


def test_silence_is_watched_for_once_a_slow_provider_has_given_the_cursor(provider: MemoryProvider) -> None:
    inbox = provider.new_inbox()
    provider.backend.slow = 0.2

    with inbox.expect_no_message(within=50) as nothing:
        pass

    assert nothing.value is None


def test_a_mail_of_the_very_last_moment_is_handed_over(provider: MemoryProvider) -> None:
    inbox = provider.new_inbox()
    received = Received(id="late", raw=mail("Just in time"), recipient=inbox.address)

    async def keep_the_loop_busy() -> None:
        await asyncio.sleep(0.02)
        threading.Event().wait(0.2)  # the wait's time is up when the loop turns again, and the mail is there
        asyncio.get_running_loop().call_soon(provider.backend.watched[inbox.address], received)

    provider.in_its_thread(keep_the_loop_busy())

    assert inbox.wait_for_message(timeout=100).subject == "Just in time"


def test_a_wait_that_was_interrupted_claims_nothing(provider: MemoryProvider) -> None:
    begun = False

    def interrupted(future: Future[T]) -> T:
        if begun:
            raise KeyboardInterrupt
        return future.result()

    inbox = provider.new_inbox(wait=interrupted)
    begun = True

    with pytest.raises(KeyboardInterrupt):
        inbox.wait_for_message()
    provider.send(inbox.address, mail())
    provider.send(inbox.address, mail())

    assert len(inbox.core.unclaimed) == 2


def test_wait_for_message_looks_from_the_inboxs_start(provider: MemoryProvider) -> None:
    inbox = provider.new_inbox()
    provider.send(inbox.address, mail("first"))
    provider.send(inbox.address, mail("second"))

    assert inbox.wait_for_message().subject == "first"
    assert inbox.wait_for_message(subject="second").subject == "second"


def test_mail_from_a_sender_that_is_not_allowed_is_never_returned() -> None:
    senders = SenderPolicy(allowed=("@example.org",), blocked=("spam@example.org",))
    with MemoryProvider(senders=senders) as provider:
        inbox = provider.new_inbox()
        for sender in ("app@evil.example", "spam@example.org", "app@sub.example.org", "app@example.org"):
            provider.send(inbox.address, mail(sender=sender))

        assert inbox.wait_for_message().sender == "app@example.org"
        assert [message.sender for message in inbox.messages()] == ["app@example.org"]


def test_an_expectation_is_used_once(provider: MemoryProvider) -> None:
    inbox = provider.new_inbox()

    with inbox.expect_message() as expected:
        provider.send(inbox.address, mail())

    with pytest.raises(RuntimeError, match="write a new one"), expected:
        pass


def test_the_value_cannot_be_read_inside_the_block(provider: MemoryProvider) -> None:
    inbox = provider.new_inbox()

    with pytest.raises(RuntimeError, match="after it"), inbox.expect_message() as expected:
        _ = expected.value


def test_a_timeout_is_never_early_and_hardly_late(provider: MemoryProvider) -> None:
    inbox = provider.new_inbox()
    started = time.monotonic()

    with pytest.raises(MailTimeout):
        inbox.wait_for_message(timeout=1000)

    assert 1.0 <= time.monotonic() - started < 2.0  # the upper bound only says that it ends


def test_a_match_error_is_not_a_timeout(provider: MemoryProvider) -> None:
    inbox = provider.new_inbox()
    provider.send(inbox.address, mail(text="no link here"))

    with pytest.raises(MatchError):
        inbox.wait_for_message().link()
