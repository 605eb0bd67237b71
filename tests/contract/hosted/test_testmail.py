"""testmail.app's provider against a stub made from the documentation: that it runs, not that the service is so."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from inboxwright import AccessDenied, connect
from tests.contract.mail import Post, compose
from tests.contract.servers.hosted import Testmail


@pytest.fixture(scope="module")
def service() -> Iterator[Testmail]:
    """The stub."""
    with Testmail() as service:
        yield service


def test_mail_after_the_cursor_is_read_byte_for_byte(service: Testmail) -> None:
    with connect("testmail", **service.options) as provider:
        inbox, other = provider.new_inbox("signup"), provider.new_inbox("other")
        post = Post(service.smtp)
        post(inbox.address, "Old")
        message = compose(inbox.address, "New", b"Gr\xfc\xdfe\r\n")

        with inbox.expect_message(timeout=10_000, settle=300) as mail:
            post(other.address, "Not for us", header=inbox.address)
            post.raw(inbox.address, message)

    assert mail.value.subject == "New"
    assert mail.value.raw == message
    assert inbox.address.startswith("acme1.signup-r")


def test_waiters_outlast_a_live_query(service: Testmail) -> None:
    with connect("testmail", **service.options) as provider, ThreadPoolExecutor(5) as pool:
        inboxes = [provider.new_inbox(f"waiter-{number}") for number in range(5)]
        waits = [pool.submit(inbox.wait_for_message, timeout=20_000) for inbox in inboxes]
        with provider.new_inbox("silent").expect_no_message(within=2500):
            pass
        for inbox in inboxes:
            Post(service.smtp)(inbox.address, inbox.address)

        assert [wait.result().subject for wait in waits] == [inbox.address for inbox in inboxes]


@pytest.mark.parametrize("wrong", [{"key": "wrong"}, {"namespace": "other"}], ids=["key", "namespace"])
def test_what_is_wrongly_set_is_denied(service: Testmail, wrong: dict[str, str]) -> None:
    with pytest.raises(AccessDenied, match="TESTMAIL_API_KEY"):
        connect("testmail", **{**service.options, **wrong})
