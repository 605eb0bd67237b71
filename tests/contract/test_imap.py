"""What only IMAP has: UIDs that lose their meaning, flags, and mail of others in the same folder."""

import imaplib

import pytest

from inboxwright import Inbox, Provider
from inboxwright.providers import imap
from tests.contract.mail import Post
from tests.contract.servers import Server
from tests.contract.servers.dovecot import Dovecot
from tests.contract.targets import Target, one, only


def _imap(server: Dovecot) -> imaplib.IMAP4:
    client = imaplib.IMAP4("127.0.0.1", server.ports["imap"])
    client.login("qa", "secret")
    client.select("INBOX")
    return client


def _flags(client: imaplib.IMAP4, address: str) -> str:
    _, (found, *_) = client.uid("SEARCH", "HEADER", "Delivered-To", f'"{address}"')
    _, answer = client.uid("FETCH", found.decode().split()[0], "(FLAGS)")
    return str(answer[0])


@one("dovecot")
def test_another_uidvalidity_repeats_nothing_and_loses_nothing(
    server: Dovecot, inbox: Inbox, post: Post, target: Target
) -> None:
    with inbox.expect_message(timeout=10_000):
        post(inbox.address, "Before")

    with inbox.expect_message(timeout=20_000, settle=1000) as mail:
        server.new_uidvalidity()
        post(inbox.address, "After")

    assert mail.value.subject == "After"
    assert [message.subject for message in inbox.messages()] == ["Before", "After"], target.name


@one("dovecot")
def test_reading_leaves_the_flags_alone(server: Dovecot, inbox: Inbox, post: Post, target: Target) -> None:
    with inbox.expect_message(timeout=10_000):
        post(inbox.address)

    with _imap(server) as client:
        flags = _flags(client, inbox.address)

    assert "Seen" not in flags, target.name


@one("dovecot")
def test_what_others_marked_as_deleted_is_not_expunged(
    server: Dovecot, provider: Provider, inbox: Inbox, post: Post, target: Target
) -> None:
    post("colleague@inbox.test")
    post(inbox.address)
    inbox.wait_for_message(timeout=10_000)
    with _imap(server) as client:
        _, (found, *_) = client.uid("SEARCH", "HEADER", "Delivered-To", '"colleague@inbox.test"')
        client.uid("STORE", found.decode(), "+FLAGS", r"(\Deleted)")

        provider.close()

    assert (server.stored(inbox.address), server.stored("colleague@inbox.test")) == (0, 1), target.name


@only("imap")
def test_a_fresh_inbox_is_not_searched_for(
    provider: Provider, post: Post, target: Target, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imap, "search", None)  # it has no older mail, and a search of a large folder takes its time
    inbox = provider.new_inbox("fresh")

    post(inbox.address, "Fresh")

    assert inbox.wait_for_message(timeout=10_000).subject == "Fresh", target.name


@only("imap")
def test_what_came_during_the_run_is_deleted_without_a_search_for_each_address(
    server: Server, provider: Provider, inbox: Inbox, post: Post, target: Target, monkeypatch: pytest.MonkeyPatch
) -> None:
    post(inbox.address)
    inbox.wait_for_message(timeout=10_000)
    monkeypatch.setattr(imap, "search", None)  # five commands an address: a long run's clean-up would never end in time

    provider.close()

    assert server.stored(inbox.address) == 0, target.name
