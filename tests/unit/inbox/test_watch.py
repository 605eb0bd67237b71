"""An address that exists already: what comes from now on, and nothing of it is the run's to delete."""

import smtplib
from collections.abc import Iterator

import pytest

from inboxwright import ConfigError, Provider, connect

_ADDRESS = "support@orchard.test"


@pytest.fixture
def provider() -> Iterator[Provider]:
    with connect("embedded") as provider:
        yield provider


def send(provider: Provider, subject: str) -> None:
    assert provider.smtp_address is not None
    with smtplib.SMTP(*provider.smtp_address) as smtp:
        smtp.sendmail("app@orchard.test", _ADDRESS, f"Subject: {subject}\r\n\r\nHello.\r\n")


def test_a_watched_address_has_only_what_comes_from_now_on(provider: Provider) -> None:
    send(provider, "Old")
    inbox = provider.watch(_ADDRESS)

    with inbox.expect_message() as mail:
        send(provider, "New")

    assert (inbox.address, mail.value.subject) == (_ADDRESS, "New")
    assert [message.subject for message in inbox.messages()] == ["New"]


def test_what_was_watched_may_be_watched_again_when_it_is_released(provider: Provider) -> None:
    first = provider.watch(_ADDRESS)

    with pytest.raises(ConfigError, match="it is watched already"):
        provider.watch(_ADDRESS)
    provider.release(first)

    assert provider.watch(_ADDRESS).address == _ADDRESS


def test_what_is_no_address_is_refused(provider: Provider) -> None:
    with pytest.raises(ConfigError, match=r"watch\('support'\): an address is like"):
        provider.watch("support")
