"""Mailosaur beyond the conformance suite."""

import time

import pytest

from inboxwright import MailTimeout, ProviderError, Verdict, connect
from tests.contract.hosted.stubs.mailosaur import EMAILS, SERVER_KEY
from tests.contract.mail import Post
from tests.contract.servers import Server
from tests.contract.targets import one

pytestmark = one("mailosaur")


def test_the_envelope_that_mailosaur_notes_decides(server: Server, post: Post) -> None:
    with connect("mailosaur", **server.options) as provider:
        inbox = provider.new_inbox("envelope")

        with inbox.expect_message(timeout=10_000, settle=400) as mail:
            post(f"other@{server.options['domain']}", "Not for us", header=inbox.address)
            post(inbox.address, "For us")

    assert mail.value.subject == "For us"


def test_without_a_domain_of_ones_own_addresses_are_at_the_server(server: Server) -> None:
    options = {name: value for name, value in server.options.items() if name != "domain"}
    with connect("mailosaur", **options) as provider:
        assert provider.new_inbox("own").address.endswith(f"@{server.options['server']}.mailosaur.net")


def test_a_server_that_does_not_exist_is_named(server: Server) -> None:
    with pytest.raises(ProviderError, match="no server 'nosuchid'"):
        connect("mailosaur", **{**server.options, "server": "nosuchid"})


def test_a_wait_is_not_given_up_before_its_time(server: Server) -> None:
    with connect("mailosaur", **server.options) as provider:
        inbox = provider.new_inbox("patience")
        begun = time.monotonic()
        with pytest.raises(MailTimeout) as timeout:
            inbox.wait_for_message(timeout=1500)
        waited = time.monotonic() - begun

    assert timeout.value.verdict is Verdict.NOTHING_ARRIVED
    assert 1.5 <= waited <= 1.6


def test_the_account_says_how_many_messages_are_left(server: Server, post: Post) -> None:
    with connect("mailosaur", **server.options) as provider:
        before = provider.quota()
        post(provider.new_inbox("left").address)
        after = provider.quota()

    assert before is not None
    assert after is not None
    assert (before[0].unit, before[0].limit, before[0].left - after[0].left) == ("messages", EMAILS, 1)


def test_the_key_of_one_server_may_not_ask_and_that_is_no_error(server: Server) -> None:
    with connect("mailosaur", **{**server.options, "key": SERVER_KEY}) as provider:
        assert provider.quota() is None
