"""A run deletes its own mail and nothing else."""

import pytest

from inboxwright import connect
from tests.contract.mail import Post, compose
from tests.contract.servers import Server
from tests.contract.targets import TARGETS, Target, marks

_CAN_DELETE = pytest.mark.parametrize(
    "target", [pytest.param(target, id=target.name, marks=marks(target)) for target in TARGETS if target.deletes]
)


@_CAN_DELETE
def test_closing_deletes_the_runs_own_mail_only(server: Server, post: Post, target: Target) -> None:
    with connect(server.provider, **server.options) as others:
        theirs = others.new_inbox("theirs")
        post(theirs.address)
        theirs.wait_for_message(timeout=10_000)

        with connect(server.provider, **server.options) as ours:
            our = ours.new_inbox("ours")
            post(our.address)
            our.wait_for_message(timeout=10_000)
            before = server.stored(our.address), server.stored(theirs.address)

        after = server.stored(our.address), server.stored(theirs.address)

    assert (before, after) == ((1, 1), (0, 1)), target.name


def test_an_inbox_that_got_nothing_deletes_nothing(server: Server, post: Post, target: Target) -> None:
    with connect(server.provider, **server.options) as others:
        theirs = others.new_inbox("theirs")
        post(theirs.address)
        theirs.wait_for_message(timeout=10_000)

        with connect(server.provider, **server.options) as ours:
            ours.new_inbox("ours")

        left = server.stored(theirs.address)

    assert left == 1, target.name


def test_mail_shared_with_another_run_stays(server: Server, post: Post, target: Target) -> None:
    with connect(server.provider, **server.options) as others:
        theirs = others.new_inbox("theirs")

        with connect(server.provider, **server.options) as ours:
            our = ours.new_inbox("ours")
            message = compose(f"{theirs.address}, {our.address}", "Shared")
            post.raw([theirs.address, our.address], message)
            our.wait_for_message(timeout=10_000)
            before = server.stored(theirs.address)

        left = server.stored(theirs.address)

    assert left == before > 0, target.name
