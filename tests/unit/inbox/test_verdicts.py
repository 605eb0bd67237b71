"""The six verdicts: each names itself, what was seen, and the remedy."""

import re
from collections.abc import Callable, Iterator

import pytest

from inboxwright import MailTimeout, ProviderUnavailable, QuotaExceeded, Verdict
from inboxwright.inbox import Inbox
from inboxwright.inbox._senders import SenderPolicy
from tests.unit.inbox.memory import MemoryProvider, mail


@pytest.fixture
def provider() -> Iterator[MemoryProvider]:
    with MemoryProvider(timeout=60) as connected:
        yield connected


@pytest.fixture
def inbox(provider: MemoryProvider) -> Inbox:
    return provider.new_inbox()


def test_nothing_arrived(inbox: Inbox) -> None:
    with pytest.raises(MailTimeout) as caught:
        inbox.wait_for_message(subject="Confirm")

    assert caught.value.verdict is Verdict.NOTHING_ARRIVED
    assert f"no mail with subject='Confirm' to {inbox.address} within 60 ms" in str(caught.value)
    assert "SMTP_HOST" in str(caught.value)


@pytest.mark.parametrize(("timeout", "told"), [(30, True), (150, False)])
def test_seconds_given_for_milliseconds_are_told(inbox: Inbox, *, timeout: int, told: bool) -> None:
    with pytest.raises(MailTimeout) as error, inbox.expect_message(timeout=timeout):
        pass

    assert ("times are milliseconds" in str(error.value)) is told


def test_nothing_new_arrived_tells_of_older_mail(provider: MemoryProvider, inbox: Inbox) -> None:
    provider.send(inbox.address, mail("Confirm"))

    with pytest.raises(MailTimeout, match="older mail is not counted: 'Confirm'") as caught, inbox.expect_message():
        pass

    assert caught.value.verdict is Verdict.NOTHING_ARRIVED


@pytest.mark.parametrize("slip", [str.upper, lambda a: a.replace("@", "+tag@"), lambda a: "in.box" + a[5:]])
def test_it_went_to_an_address_that_differs_by_a_slip(provider: MemoryProvider, slip: Callable[[str], str]) -> None:
    inbox = provider.new_inbox("inbox")

    with pytest.raises(MailTimeout, match="only by case, dots or a tag") as caught, inbox.expect_message():
        provider.send(slip(inbox.address), mail())

    assert caught.value.verdict is Verdict.WENT_ELSEWHERE


def test_it_went_to_an_address_that_nobody_minted(provider: MemoryProvider, inbox: Inbox) -> None:
    not_minted = r"support@app\.example, an address that this run did not mint"
    with pytest.raises(MailTimeout, match=not_minted) as caught, inbox.expect_message():
        provider.send("support@app.example", mail())

    assert caught.value.verdict is Verdict.WENT_ELSEWHERE


def test_it_went_to_another_inbox_of_this_run(provider: MemoryProvider, inbox: Inbox) -> None:
    other = provider.new_inbox("other")

    elsewhere = f"another inbox of this run: {other.address}"
    with pytest.raises(MailTimeout, match=elsewhere) as caught, inbox.expect_message(subject="Confirm"):
        provider.send(other.address, mail("Confirm"))

    assert caught.value.verdict is Verdict.WENT_ELSEWHERE


def test_mail_that_another_inbox_expected_is_not_called_misdelivered(provider: MemoryProvider, inbox: Inbox) -> None:
    other = provider.new_inbox("other")

    with pytest.raises(MailTimeout) as caught, inbox.expect_message():
        provider.send(other.address, mail())
        other.wait_for_message()

    assert caught.value.verdict is Verdict.NOTHING_ARRIVED


def test_a_where_that_fails_on_another_inboxs_mail_does_not_hide_the_verdict(
    provider: MemoryProvider, inbox: Inbox
) -> None:
    other = provider.new_inbox("other")

    with pytest.raises(MailTimeout) as caught, inbox.expect_message(where=lambda message: message.attachments[0]):
        provider.send(other.address, mail("Nothing is attached"))

    assert caught.value.verdict is Verdict.NOTHING_ARRIVED


def test_strays_from_before_the_wait_are_not_blamed(provider: MemoryProvider, inbox: Inbox) -> None:
    provider.send("old@app.example", mail())

    with pytest.raises(MailTimeout) as caught, inbox.expect_message():
        pass

    assert caught.value.verdict is Verdict.NOTHING_ARRIVED


def test_it_was_filtered_out_and_by_what(provider: MemoryProvider, inbox: Inbox) -> None:
    with pytest.raises(MailTimeout) as caught, inbox.expect_message(subject=re.compile("^Confirm")):
        provider.send(inbox.address, mail("Welcome"))

    assert caught.value.verdict is Verdict.FILTERED_OUT
    assert "its subject 'Welcome' does not match /^Confirm/" in str(caught.value)


def test_it_was_filtered_out_by_the_sender_policy() -> None:
    with MemoryProvider(senders=SenderPolicy(allowed=("app.example",)), timeout=60) as provider:
        inbox = provider.new_inbox()

        with pytest.raises(MailTimeout, match=r"is not in allowedSenders") as caught, inbox.expect_message():
            provider.send(inbox.address, mail(sender="app@example.org"))

    assert caught.value.verdict is Verdict.FILTERED_OUT
    assert "add the sender to inbox.allowedSenders" in str(caught.value)


def test_a_blocked_sender_is_not_to_be_allowed_but_unblocked() -> None:
    with MemoryProvider(senders=SenderPolicy(blocked=("example.org",)), timeout=60) as provider:
        inbox = provider.new_inbox()

        with pytest.raises(MailTimeout, match=r"is in blockedSenders") as caught, inbox.expect_message():
            provider.send(inbox.address, mail(sender="app@example.org"))

    assert "take the sender out of inbox.blockedSenders" in str(caught.value)
    assert "allowedSenders" not in str(caught.value)


def test_it_arrived_without_a_link_that_matches(provider: MemoryProvider, inbox: Inbox) -> None:
    with pytest.raises(MailTimeout) as caught, inbox.expect_message(where=lambda message: message.link()):
        provider.send(inbox.address, mail("Confirm", text="no link in here"))

    assert caught.value.verdict is Verdict.NO_MATCH
    assert "inboxwright explain" in str(caught.value)


def test_the_provider_is_unreachable(provider: MemoryProvider, inbox: Inbox) -> None:
    with pytest.raises(MailTimeout, match="connection refused") as caught, inbox.expect_message():
        provider.backend.trouble = ProviderUnavailable("connection refused")

    assert caught.value.verdict is Verdict.UNREACHABLE


def test_the_provider_became_unreachable_unnoticed(provider: MemoryProvider, inbox: Inbox) -> None:
    with pytest.raises(MailTimeout, match="it hangs") as caught, inbox.expect_message():
        provider.backend.lost = ProviderUnavailable("it hangs")

    assert caught.value.verdict is Verdict.UNREACHABLE


def test_a_provider_that_never_gives_a_cursor_is_unreachable(provider: MemoryProvider, inbox: Inbox) -> None:
    provider.backend.slow = 3600.0

    with pytest.raises(MailTimeout, match=r"it did not answer within 0\.06 s") as caught, inbox.expect_message():
        pass

    assert caught.value.verdict is Verdict.UNREACHABLE


def test_its_quota_is_used_up(provider: MemoryProvider, inbox: Inbox) -> None:
    with pytest.raises(MailTimeout, match="50 a day") as caught, inbox.expect_message():
        provider.backend.trouble = QuotaExceeded("50 a day are used up")

    assert caught.value.verdict is Verdict.QUOTA_EXCEEDED


def test_a_refusal_is_told_with_what_to_do_about_it(provider: MemoryProvider, inbox: Inbox) -> None:
    with pytest.raises(MailTimeout, match=r"550 5\.1\.1 No such user here") as caught, inbox.expect_message():
        provider.backend.refused.append("550 5.1.1 No such user here")

    assert caught.value.verdict is Verdict.NOTHING_ARRIVED
    assert "what the application does after a refusal" in str(caught.value)
    assert "inside the `with` block" not in str(caught.value)


def test_mail_that_the_server_had_no_room_for_is_a_matter_of_quota(provider: MemoryProvider, inbox: Inbox) -> None:
    with pytest.raises(MailTimeout, match=r"452 4\.3\.1") as caught, inbox.expect_message():
        provider.backend.refused.append("452 4.3.1 storage is full")

    assert caught.value.verdict is Verdict.QUOTA_EXCEEDED


def test_silence_of_a_provider_that_cannot_be_heard_proves_nothing(provider: MemoryProvider, inbox: Inbox) -> None:
    with pytest.raises(MailTimeout, match="connection refused") as caught, inbox.expect_no_message(within=50):
        provider.backend.deaf = ProviderUnavailable("connection refused")

    assert caught.value.verdict is Verdict.UNREACHABLE


def test_a_trouble_that_has_passed_does_not_break_a_silence(provider: MemoryProvider, inbox: Inbox) -> None:
    with inbox.expect_no_message(within=50) as nothing:
        provider.backend.trouble = ProviderUnavailable("connection refused")

    assert nothing.value is None


def test_a_long_list_of_other_mail_is_cut(provider: MemoryProvider, inbox: Inbox) -> None:
    for number in range(13):
        provider.send(inbox.address, mail(f"News {number}"))

    with pytest.raises(MailTimeout, match="and 3 more"):
        inbox.wait_for_message(subject="Confirm")
