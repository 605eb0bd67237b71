"""Nylas calls back: the webhook wakes a waiter, not a look; where it cannot be had, mail comes all the same."""

import logging
import socket
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from inboxwright import ConfigError, Provider, connect
from inboxwright.processes import free_port
from inboxwright.providers import listing
from inboxwright.providers.nylas import NylasBackend
from tests.contract.hosted.stubs.kit import KEY
from tests.contract.hosted.stubs.nylas import DOMAIN
from tests.contract.mail import Post, compose
from tests.contract.servers import Server
from tests.contract.targets import one

pytestmark = one("nylas")


def called_back(options: dict[str, Any]) -> dict[str, Any]:
    """The options, with a webhook at a free port."""
    endpoint = f"127.0.0.1:{free_port()}"
    return {**options, "webhook": f"http://{endpoint}/nylas", "listen": endpoint}


def webhooks(server: Server) -> list[str]:
    """Their URLs."""
    headers = {"Authorization": f"Bearer {KEY}"}
    answer = httpx.get(f"{server.url}/v3/webhooks", headers=headers, trust_env=False).json()
    return [webhook["webhook_url"] for webhook in answer["data"]]


@pytest.fixture
def no_intervals(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is looked at for an hour, unless something says that mail came."""
    monkeypatch.setattr(listing.Interval, "next", lambda self, *, pushing: 3600.0)


@pytest.fixture
def provider(server: Server) -> Iterator[Provider]:
    """A connection that is called back."""
    with connect("nylas", **called_back(server.options)) as provider:
        yield provider


@pytest.mark.usefixtures("no_intervals")
@pytest.mark.parametrize("lines", [1, 20_000], ids=["small", "truncated"])
def test_a_waiter_is_woken_without_a_poll(provider: Provider, post: Post, lines: int) -> None:
    inbox = provider.new_inbox("called")
    message = compose(inbox.address, "Called", lines * (b"x" * 70 + b"\r\n"))

    with inbox.expect_message(timeout=10_000) as mail:
        post.raw(inbox.address, message)

    assert mail.value.subject == "Called"
    assert provider.capabilities.push


@pytest.mark.usefixtures("no_intervals")
def test_an_agent_accounts_waiter_is_woken_without_a_poll(server: Server, post: Post) -> None:
    with connect("nylas", **called_back({"url": server.url, "key": KEY, "domain": DOMAIN})) as provider:
        inbox = provider.new_inbox("account")

        with inbox.expect_message(timeout=10_000) as mail:
            post(inbox.address, "Called")

    assert mail.value.subject == "Called"


@pytest.mark.parametrize("signature", ["", "0" * 64, "\u00e9"], ids=["none", "wrong", "awkward"])
def test_a_wrong_signature_is_refused_and_ignored(
    server: Server, provider: Provider, monkeypatch: pytest.MonkeyPatch, signature: str
) -> None:
    looks: list[str | None] = []
    provider.new_inbox("signed")
    monkeypatch.setattr(NylasBackend, "look_soon", lambda self, address=None: looks.append(address))
    event = {"type": "message.created", "data": {"object": {"grant_id": server.options["grant"]}}}

    headers = {b"X-Nylas-Signature": signature.encode()}
    (url,) = webhooks(server)
    refused = httpx.post(url, json=event, headers=headers, trust_env=False)

    assert (refused.status_code, looks) == (401, [])


def test_mail_of_others_is_not_looked_for(
    server: Server, provider: Provider, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[str | None] = []
    inbox = provider.new_inbox("ours")
    with inbox.expect_message(timeout=10_000):
        post(inbox.address, "The webhook is there")
    monkeypatch.setattr(NylasBackend, "look_soon", lambda self, address=None: looks.append(address))

    post(f"qa-somebody@{server.options['domain']}", "Not for us")
    post(inbox.address, "For us")
    with inbox.expect_no_message(within=500, subject="Silence"):
        pass

    assert looks == [inbox.address]


def test_only_its_own_webhook_is_deleted(server: Server, provider: Provider) -> None:
    before = webhooks(server)

    with connect("nylas", **called_back(server.options)):
        during = webhooks(server)

    assert (len(before), len(during)) == (1, 2)
    assert webhooks(server) == before


def test_at_the_end_no_webhook_is_left_and_nothing_listens(server: Server) -> None:
    options = called_back(server.options)
    with connect("nylas", **options):
        assert len(webhooks(server)) == 1

    assert webhooks(server) == []
    with pytest.raises(httpx.ConnectError):
        httpx.get(options["webhook"], trust_env=False)


@pytest.mark.parametrize("why", ["unreachable", "taken"])
def test_without_a_webhook_it_polls_and_says_so_once(
    server: Server, post: Post, caplog: pytest.LogCaptureFixture, why: str
) -> None:
    options = called_back(server.options)
    with socket.create_server(("127.0.0.1", 0)) as other, caplog.at_level(logging.WARNING, "inboxwright"):
        taken = "{}:{}".format(*other.getsockname())
        options |= {"listen": taken} if why == "taken" else {"webhook": f"http://127.0.0.1:{free_port()}"}
        with connect("nylas", **options) as provider:
            inbox = provider.new_inbox("polled")
            with inbox.expect_message(timeout=10_000) as mail:
                post(inbox.address, "Found")

    (warning,) = caplog.messages
    assert (mail.value.subject, provider.capabilities.push, webhooks(server)) == ("Found", False, [])
    assert warning.startswith(f"no webhook at {options['webhook']}, so Nylas is asked in intervals: ")


@pytest.mark.parametrize("half", ["webhook", "listen"])
def test_a_webhook_needs_both_its_ends(server: Server, half: str) -> None:
    options = called_back(server.options)
    del options[half]

    with pytest.raises(ConfigError, match=r"inbox\.webhook and inbox\.listen go together"):
        connect("nylas", **options)
