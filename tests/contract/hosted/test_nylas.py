"""Nylas beyond the conformance suite: agent accounts, and what is wrongly set."""

import httpx
import pytest

from inboxwright import ConfigError, ProviderError, QuotaExceeded, connect
from inboxwright.providers import nylas
from tests.contract.hosted.stubs.kit import KEY
from tests.contract.hosted.stubs.nylas import DOMAIN
from tests.contract.mail import Post
from tests.contract.servers import Server
from tests.contract.targets import one

pytestmark = one("nylas")


def accounts(server: Server) -> list[str]:
    """Their addresses."""
    headers = {"Authorization": f"Bearer {KEY}"}
    answer = httpx.get(f"{server.url}/v3/grants?limit=200", headers=headers, trust_env=False).json()
    return [grant["email"] for grant in answer["data"]]


def test_without_a_grant_each_address_is_an_account_that_is_deleted(server: Server, post: Post) -> None:
    with connect("nylas", url=server.url, key=KEY, domain=DOMAIN) as provider:
        inbox, other = provider.new_inbox("account"), provider.new_inbox("other")
        with inbox.expect_message(timeout=10_000) as mail:
            post(other.address, "Not for us")
            post(inbox.address, "Hello")
        during = accounts(server)

    assert mail.value.subject == "Hello"
    assert {inbox.address, other.address} <= set(during)
    assert not {inbox.address, other.address} & set(accounts(server))


def test_used_up_accounts_are_a_quota(server: Server) -> None:
    with connect("nylas", url=server.url, key=KEY, domain=DOMAIN) as provider, pytest.raises(QuotaExceeded):
        for number in range(30):
            provider.new_inbox(f"account-{number}")


def test_more_new_mail_than_a_page_holds_is_read(server: Server, post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nylas, "_PAGE", 3)
    with connect("nylas", **server.options) as provider:
        inbox, other = provider.new_inbox("page"), provider.new_inbox("other")
        post(inbox.address, "Early")
        for number in range(7):
            post(other.address, f"Later {number}")

        mail = inbox.wait_for_message(timeout=10_000)

    assert mail.subject == "Early"


def test_a_grant_that_does_not_exist_is_named(server: Server) -> None:
    with pytest.raises(ProviderError, match="no grant 'nobody'"):
        connect("nylas", **{**server.options, "grant": "nobody"})


def test_a_pattern_without_a_star_is_refused(server: Server) -> None:
    with pytest.raises(ConfigError, match="one \\*"):
        connect("nylas", **{**server.options, "pattern": "qa@team.nylas.example"})
