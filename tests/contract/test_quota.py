"""What an account has left, as real mail systems say it."""

import smtplib

import pytest

from inboxwright import Provider, connect
from inboxwright.providers import Allowance
from tests.contract.mail import Post
from tests.contract.server.process import running
from tests.contract.servers import Server
from tests.contract.servers.dovecot import Dovecot
from tests.contract.targets import Target, one


def test_every_mail_system_answers_or_cannot_say(provider: Provider, target: Target) -> None:
    left = provider.quota()

    assert left is None or all(0 <= each.left <= each.limit for each in left), target.name


@one("dovecot")
def test_imap_tells_storage_and_messages_of_the_folders_quota(server: Server, target: Target) -> None:
    with Dovecot(quota="storage=1M:messages=2") as limited, connect("imap", **limited.options) as provider:
        inbox, post = provider.new_inbox(), Post(limited.smtp)
        before = provider.quota()
        for subject in ("First", "Second"):
            post(inbox.address, subject)
        after = provider.quota()
        with pytest.raises(smtplib.SMTPDataError):
            post(inbox.address, "No room")

    storage = Allowance(unit="bytes", left=1_048_576, limit=1_048_576)
    assert before == [storage, Allowance(unit="messages", left=2, limit=2)], target.name
    assert after is not None
    assert str(after[1]) == "0 of 2 messages"
    assert after[0].left <= storage.left - 1024


@one("dovecot")
def test_a_folder_whose_name_must_be_quoted_has_a_quota_too(server: Server, target: Target) -> None:
    with Dovecot(quota="messages=2") as limited:
        limited.new_folder('Two "wörds"')
        with connect("imap", **{**limited.options, "mailbox": 'Two "wörds"'}) as provider:
            assert provider.quota() == [Allowance(unit="messages", left=2, limit=2)], target.name


@one("embedded")
def test_the_embedded_server_tells_the_room_that_is_left(server: Server, target: Target) -> None:
    with (
        running("--max-storage", "100000") as limited,
        connect("embedded", url=limited.url, token=limited.token) as provider,
    ):
        before = provider.quota()
        limited.send(provider.new_inbox().address, body="x" * 40_000)
        after = provider.quota()

    assert before == (Allowance(unit="bytes", left=100_000, limit=100_000),), target.name
    assert after is not None
    assert 50_000 < after[0].left < 60_000
