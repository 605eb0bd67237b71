"""testmail.app beyond the conformance suite."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from inboxwright import AccessDenied, connect
from tests.contract.mail import Post
from tests.contract.servers import Server
from tests.contract.targets import one

pytestmark = one("testmail")


def test_the_minted_name_is_the_tag(server: Server) -> None:
    with connect("testmail", **server.options) as provider:
        address = provider.new_inbox("signup").address

    assert address.startswith("acme1.signup-r")
    assert address.endswith("@inbox.testmail.app")


def test_waiters_outlast_a_live_query(server: Server) -> None:
    with connect("testmail", **server.options) as provider, ThreadPoolExecutor(5) as pool:
        inboxes = [provider.new_inbox(f"waiter-{number}") for number in range(5)]
        waits = [pool.submit(inbox.wait_for_message, timeout=20_000) for inbox in inboxes]
        with provider.new_inbox("silent").expect_no_message(within=2500):
            pass
        for inbox in inboxes:
            Post(server.smtp)(inbox.address, inbox.address)

        assert [wait.result().subject for wait in waits] == [inbox.address for inbox in inboxes]


@pytest.mark.parametrize("wrong", [{"key": "wrong"}, {"namespace": "other"}], ids=["key", "namespace"])
def test_what_is_wrongly_set_is_denied(server: Server, wrong: dict[str, str]) -> None:
    with pytest.raises(AccessDenied, match="TESTMAIL_API_KEY"):
        connect("testmail", **{**server.options, **wrong})
