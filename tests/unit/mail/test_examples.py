"""The examples in the public docstrings of mail are true."""

import doctest
from types import ModuleType

import pytest

from inboxwright.mail import message, values


@pytest.mark.parametrize("module", [message, values], ids=lambda module: module.__name__)
def test_examples_of(module: ModuleType) -> None:
    ran = doctest.testmod(module)

    assert ran.attempted
    assert not ran.failed
