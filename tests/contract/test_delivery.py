"""What arrives, when it counts, and in what order."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from inboxwright import Inbox, Provider, UnexpectedMessage
from inboxwright.providers.listing import Interval
from tests.contract.mail import Post, compose
from tests.contract.targets import Target, one


def next_second() -> None:
    """Return when the clock shows another second."""
    threading.Event().wait(1.01 - time.time() % 1)


def test_addresses_are_unique_and_carry_the_run(provider: Provider, target: Target) -> None:
    addresses = [provider.new_inbox("unique").address for _ in range(20)]

    assert len(set(addresses)) == 20
    assert all(f"-r{provider.run}-" in address for address in addresses), target.name


def test_a_mail_arrives_with_its_envelope(inbox: Inbox, post: Post, target: Target) -> None:
    with inbox.expect_message(subject="Welcome", timeout=10_000) as mail:
        post(inbox.address, "Welcome")

    assert mail.value.recipient == inbox.address, target.name


def test_only_mail_after_the_cursor_counts(inbox: Inbox, post: Post, target: Target) -> None:
    post(inbox.address, "Old")
    if target.stores_late:
        inbox.wait_for_message(subject="Old", timeout=10_000)

    with inbox.expect_message(timeout=10_000) as mail:
        post(inbox.address, "New")

    assert mail.value.subject == "New"


def test_order_is_that_of_arrival(inbox: Inbox, post: Post, target: Target) -> None:
    subjects = [f"Mail {number}" for number in range(5)]

    with inbox.expect_messages(count=5, timeout=20_000) as mails:
        for subject in subjects:
            post(inbox.address, subject)
            if target.whole_seconds:
                next_second()

    assert [mail.subject for mail in mails.value] == subjects, target.name


def test_a_duplicate_is_seen(inbox: Inbox, post: Post, target: Target) -> None:
    message = compose(inbox.address, "Twice")

    with inbox.expect_messages(count=2, timeout=10_000) as mails:
        post.raw(inbox.address, message)
        post.raw(inbox.address, message)

    assert [mail.subject for mail in mails.value] == ["Twice", "Twice"], target.name


def test_a_late_duplicate_is_seen_while_settling(inbox: Inbox, post: Post, target: Target) -> None:
    message = compose(inbox.address, "Twice")

    with pytest.raises(UnexpectedMessage), inbox.expect_message(timeout=10_000, settle=3000):
        post.raw(inbox.address, message)
        post.raw(inbox.address, message)


def test_silence_is_silence(inbox: Inbox, provider: Provider, post: Post, target: Target) -> None:
    neighbour = provider.new_inbox("neighbour")

    with inbox.expect_no_message(within=700):
        post(neighbour.address)


def test_a_mail_ends_the_silence(inbox: Inbox, post: Post, target: Target) -> None:
    with pytest.raises(UnexpectedMessage), inbox.expect_no_message(within=10_000):
        post(inbox.address)


def test_twenty_waiters_each_get_their_own(provider: Provider, post: Post, target: Target) -> None:
    inboxes = [provider.new_inbox(f"waiter-{number}") for number in range(20)]

    with ThreadPoolExecutor(20) as pool:
        waits = [pool.submit(inbox.wait_for_message, timeout=30_000) for inbox in inboxes]
        for inbox in reversed(inboxes):
            post(inbox.address, f"For {inbox.address}")
        subjects = [wait.result().subject for wait in waits]

    assert subjects == [f"For {inbox.address}" for inbox in inboxes], target.name


def test_one_mail_for_two_inboxes_reaches_both(provider: Provider, post: Post, target: Target) -> None:
    first, second = provider.new_inbox("first"), provider.new_inbox("second")
    message = compose(f"{first.address}, {second.address}", "To both")

    post.raw([first.address, second.address], message)

    assert first.wait_for_message(timeout=10_000).subject == "To both"
    assert second.wait_for_message(timeout=10_000).subject == "To both", target.name


@one("maildev")
def test_one_mail_for_more_inboxes_than_are_read_at_once_is_pushed_to_all(
    provider: Provider, post: Post, target: Target, monkeypatch: pytest.MonkeyPatch
) -> None:
    inboxes = [provider.new_inbox("many") for _ in range(20)]
    addresses = [inbox.address for inbox in inboxes]
    for inbox in inboxes:
        inbox.messages()
    monkeypatch.setattr(Interval, "next", lambda self, *, pushing: 3600.0)  # no look helps
    inboxes[0].messages()

    post.raw(addresses, compose(", ".join(addresses), "To all"))

    assert {inbox.wait_for_message(timeout=10_000).subject for inbox in inboxes} == {"To all"}, target.name
