"""MailSlurp beyond the conformance suite."""

import httpx
import pytest

from inboxwright import ProviderError, connect
from inboxwright.providers import _held
from tests.contract.hosted.stubs.kit import KEY
from tests.contract.mail import Post
from tests.contract.servers import Server
from tests.contract.targets import one

pytestmark = one("mailslurp")


def test_without_a_domain_of_ones_own_the_service_chooses_the_address(server: Server, post: Post) -> None:
    with connect("mailslurp", url=server.url, key=KEY) as provider:
        inbox = provider.new_inbox("theirs")
        with inbox.expect_message(timeout=10_000) as mail:
            post(inbox.address, "Hello")

    assert inbox.address.endswith("@mailslurp.example")
    assert mail.value.recipient == inbox.address


def test_the_runs_own_inboxes_are_deleted_and_no_other(server: Server) -> None:
    headers = {"x-api-key": KEY}
    somebody = httpx.post(f"{server.url}/inboxes", headers=headers, trust_env=False).json()["id"]

    with connect("mailslurp", **server.options) as provider:
        ours = provider.new_inbox("ours").address

    every = httpx.get(f"{server.url}/inboxes/paginated?size=1000", headers=headers, trust_env=False).json()["content"]
    assert somebody in [inbox["id"] for inbox in every]
    assert ours not in [inbox["emailAddress"] for inbox in every]


def test_a_domain_that_the_account_does_not_own_is_named(server: Server) -> None:
    with (
        connect("mailslurp", **{**server.options, "domain": "elsewhere.example"}) as provider,
        pytest.raises(ProviderError, match=r"No verified domain for .*@elsewhere\.example"),
    ):
        provider.new_inbox("elsewhere")


def test_an_inbox_that_is_too_old_to_be_held_is_looked_at(
    server: Server, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_held, "_HELD", 2)
    with connect("mailslurp", **server.options) as provider:
        first, *_ = [provider.new_inbox(f"inbox-{number}") for number in range(4)]

        with first.expect_message(timeout=20_000) as mail:
            post(first.address, "Still heard")

    assert mail.value.subject == "Still heard"
