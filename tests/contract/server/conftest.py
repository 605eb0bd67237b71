"""A server for the tests that do not break it."""

from collections.abc import Iterator
from uuid import uuid4

import pytest

from tests.contract.server.process import Server, running


@pytest.fixture(scope="module")
def shared() -> Iterator[Server]:
    """One for all tests of a module."""
    with running() as server:
        yield server


@pytest.fixture
def server(shared: Server) -> Iterator[Server]:
    """The module's server, without faults."""
    yield shared
    shared.api("DELETE", "/v1/faults")


@pytest.fixture
def address() -> str:
    """An address that no other test uses."""
    return f"user-{uuid4().hex[:8]}@inbox.test"
