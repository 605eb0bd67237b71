"""VaultSandbox beyond the conformance suite: plain inboxes, polling, and a gateway that forgot everything."""

import os
from typing import Any

import httpx
import pytest

from inboxwright import ConfigError, connect
from tests.contract.hosted.stubs.kit import KEY
from tests.contract.mail import Post, compose
from tests.contract.servers import Server
from tests.contract.targets import one


@one("vaultsandbox")
@pytest.mark.parametrize("options", [{"encryption": "plain"}, {"strategy": "polling"}], ids=["plain", "polling"])
def test_other_inboxes_and_the_other_strategy_receive_byte_for_byte(
    server: Server, post: Post, options: dict[str, Any]
) -> None:
    with connect("vaultsandbox", **server.options, **options) as provider:
        inbox = provider.new_inbox("other")
        message = compose(inbox.address, "Latin-1", b"Gr\xfc\xdfe\r\n")

        with inbox.expect_message(timeout=10_000) as mail:
            post.raw(inbox.address, message)

    assert mail.value.raw.endswith(message)


@one("vaultsandbox")
def test_an_encrypted_mail_that_is_not_utf_8_is_read_byte_for_byte(server: Server, post: Post) -> None:
    with connect("vaultsandbox", **server.options, encryption="encrypted") as provider:
        inbox = provider.new_inbox("latin")
        message = compose(inbox.address, "Latin-1", b"Gr\xfc\xdfe\r\n")

        with inbox.expect_message(timeout=10_000) as mail:
            post.raw(inbox.address, message)

    assert mail.value.raw.endswith(message)


@one("vaultsandbox")
def test_an_inbox_that_the_gateway_lost_is_created_again(server: Server, post: Post) -> None:
    with connect("vaultsandbox", **server.options) as provider:
        inbox = provider.new_inbox("lost")
        path = f"{server.url}/api/inboxes/{inbox.address}"
        httpx.delete(path, headers={"X-API-Key": KEY}, trust_env=False).raise_for_status()

        with inbox.expect_message(timeout=10_000) as mail:
            post(inbox.address, "Found again")

    assert mail.value.subject == "Found again"


@one("vaultsandbox")
def test_only_the_runs_own_inboxes_are_deleted(server: Server) -> None:
    body = {"encryption": "plain", "emailAddress": "somebody@vault.example"}
    somebody = httpx.post(f"{server.url}/api/inboxes", json=body, headers={"X-API-Key": KEY}, trust_env=False).json()

    with connect("vaultsandbox", **server.options) as provider:
        provider.new_inbox("ours")

    path = f"{server.url}/api/inboxes/{somebody['emailAddress']}/sync"
    assert httpx.get(path, headers={"X-API-Key": KEY}, trust_env=False).status_code == 200


@one("vaultsandbox")
def test_a_strategy_that_does_not_exist_is_refused(server: Server) -> None:
    with pytest.raises(ConfigError, match=r'inbox\.strategy must be one of "sse", "polling", not "websocket"'):
        connect("vaultsandbox", **server.options, strategy="websocket")


GATEWAY = os.environ.get("VAULTSANDBOX_URL"), os.environ.get("VAULTSANDBOX_API_KEY")


@pytest.mark.skipif(not all(GATEWAY), reason="a real gateway: VAULTSANDBOX_URL and VAULTSANDBOX_API_KEY are not set")
@pytest.mark.parametrize("options", [{}, {"strategy": "polling"}], ids=["sse", "polling"])
def test_a_real_gateway_receives(options: dict[str, Any]) -> None:
    """`VAULTSANDBOX_SMTP` is host:port of its SMTP; without it, port 25 of the URL's host."""
    url, key = GATEWAY
    host, _, port = os.environ.get("VAULTSANDBOX_SMTP", f"{httpx.URL(str(url)).host}:25").rpartition(":")
    with connect("vaultsandbox", url=url, key=key, **options) as provider:
        inbox = provider.new_inbox("real")
        message = compose(inbox.address, "Real")

        with inbox.expect_message(timeout=20_000) as mail:
            Post((host, int(port))).raw(inbox.address, message)

    assert mail.value.raw.endswith(message)
