"""The examples in the public docstrings of inboxes are true."""

import doctest
from types import ModuleType

import pytest

from inboxwright.inbox import _inbox, _provider


@pytest.mark.parametrize("module", [_inbox, _provider], ids=lambda module: module.__name__)
def test_examples_of(module: ModuleType) -> None:
    ran = doctest.testmod(module)

    assert ran.attempted
    assert not ran.failed
