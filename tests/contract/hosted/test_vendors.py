"""A stub counts only where the vendor's own client receives, lists, reads, waits and deletes against it."""

import pytest

from tests.contract.hosted.vendors import VENDORS
from tests.contract.servers import Server
from tests.contract.targets import TARGETS, Target, marks

VOUCHED = pytest.mark.parametrize(
    "target",
    [pytest.param(target, id=target.name, marks=marks(target)) for target in TARGETS if target.name in VENDORS],
)


@VOUCHED
def test_the_vendors_own_client_passes_against_the_stub(server: Server, target: Target) -> None:
    done = VENDORS[target.name].run({**server.options, "smtp": server.smtp})

    assert (done.returncode, done.stderr, done.stdout) == (0, "", "passed\n")


@VOUCHED
def test_the_vendors_own_client_fails_with_a_wrong_key(server: Server, target: Target) -> None:
    done = VENDORS[target.name].run({**server.options, "smtp": server.smtp, "key": "wrong"})

    assert done.returncode != 0
    assert "401" in done.stderr or "Authentication failed" in done.stderr, done.stderr
