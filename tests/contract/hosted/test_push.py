"""What pushes wakes a waiter without a look: with looking switched off, the mail still comes."""

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from inboxwright import connect
from inboxwright.providers import backend_class
from tests.contract.mail import Post
from tests.contract.servers import Server
from tests.contract.targets import TARGETS, Target, marks


@pytest.mark.parametrize(
    "target",
    [
        pytest.param(target, id=target.name, marks=marks(target))
        for target in TARGETS
        if target.name in ("mailslurp", "testmail", "vaultsandbox")
    ],
)
def test_push_alone_wakes_a_waiter(server: Server, post: Post, target: Target, monkeypatch: pytest.MonkeyPatch) -> None:
    async def nothing(self: Any, addresses: Sequence[str]) -> Mapping[str, Sequence[str]]:
        del self, addresses
        return {}

    with connect(server.provider, **server.options) as provider:
        inbox = provider.new_inbox("push")
        with inbox.expect_no_message(within=1500):  # until the service listens
            pass
        with inbox.expect_message(timeout=10_000) as mail:
            monkeypatch.setattr(backend_class(target.name), "find", nothing)
            post(inbox.address, "Pushed")
        monkeypatch.undo()

    assert mail.value.subject == "Pushed"
