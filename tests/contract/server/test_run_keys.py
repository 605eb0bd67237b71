"""`inbox.smtpAuth` and `inbox.smtpTls`: what the server that a run starts asks of an application."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from inboxwright.running import connect_to, start
from tests.unit.config.conftest import Loader, settled

__all__ = ["settled"]


@pytest.fixture
def smtp(settled: Loader, tmp_path: Path) -> Iterator[Any]:
    """Connect to the server of a run with these keys."""
    with ExitStack() as services:

        def connect(**inbox: str) -> smtplib.SMTP:
            running = start(settled({"inbox": inbox}), services, output=tmp_path)
            provider = services.enter_context(connect_to(running.project, options=running.inbox_options))
            assert provider.smtp_address is not None
            client = services.enter_context(smtplib.SMTP(*provider.smtp_address, timeout=10))
            client.ehlo()
            return client

        yield connect


def test_any_name_may_log_in_by_default_and_nobody_has_to(smtp: Any) -> None:
    client = smtp()

    assert client.login("anyone", "anything")[0] == 235
    assert smtp().mail("a@b.test")[0] == 250
    assert not client.has_extn("starttls")


def test_login_is_not_offered_where_it_is_off(smtp: Any) -> None:
    assert not smtp(smtpAuth="off").has_extn("auth")


def test_mail_is_refused_until_somebody_logs_in_where_it_is_required(smtp: Any) -> None:
    client = smtp(smtpAuth="required")

    assert client.mail("a@b.test")[0] == 530
    client.login("anyone", "anything")
    assert client.mail("a@b.test")[0] == 250


def test_mail_is_refused_until_it_is_encrypted_where_that_is_required(smtp: Any) -> None:
    client = smtp(smtpTls="required")
    unverified = ssl.create_default_context()
    unverified.check_hostname, unverified.verify_mode = False, ssl.CERT_NONE

    assert client.mail("a@b.test")[0] == 530
    client.starttls(context=unverified)
    client.ehlo()
    assert client.mail("a@b.test")[0] == 250
