"""Fixtures that do not depend on how Playwright is driven: the project, its provider, and made-up people."""

from collections.abc import Callable, Iterator

import pytest

from inboxwright.config import Project
from inboxwright.identity import Identity
from inboxwright.inbox import Provider
from inboxwright.plugin._run import run_of
from inboxwright.plugin._test_record import record_of

NewIdentity = Callable[[], Identity]


@pytest.fixture(scope="session")
def project(pytestconfig: pytest.Config) -> Project:
    """The chosen project of playwright.config.json, with every value settled."""
    return run_of(pytestconfig).project


@pytest.fixture(scope="session")
def provider(pytestconfig: pytest.Config) -> Iterator[Provider]:
    """Where mail is received: one connection a process, closed at its end."""
    with run_of(pytestconfig).connect() as connected:
        yield connected


@pytest.fixture
def new_identity(request: pytest.FixtureRequest, project: Project) -> NewIdentity:
    """Makes a fresh identity; the run's seed and the test's id decide who it is, whatever ran before."""
    seed = run_of(request.config).shared.seed
    identities = record_of(request.node).identities

    def make() -> Identity:
        person = f"{seed}/{request.node.nodeid}/{len(identities)}"
        identities.append(Identity.generate(person, locale=project.use.locale or "en_US"))
        return identities[-1]

    return make


@pytest.fixture
def identity(new_identity: NewIdentity) -> Identity:
    """A made-up person."""
    return new_identity()
