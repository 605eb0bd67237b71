"""Fixtures that do not depend on how Playwright is driven: the project, its provider, made-up people, a browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, TypeAlias

import pytest

from inboxwright.plugin._activation import is_active, run_of

if TYPE_CHECKING:
    from inboxwright.config import Project
    from inboxwright.identity import Identity
    from inboxwright.inbox import Provider

NewIdentity: TypeAlias = "Callable[[], Identity]"


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
    from inboxwright.identity import Identity
    from inboxwright.plugin._test_record import record_of

    seed = run_of(request.config).shared.seed
    identities = record_of(request.node).identities

    def make() -> Identity:
        person = f"{seed}/{request.node.nodeid}/{len(identities)}"
        identities.append(Identity.generate(person, locale=project.use.locale or "en_US"))
        return identities[-1]

    return make


@pytest.fixture
def identity(new_identity: NewIdentity) -> Identity:
    """A made-up person.

    Example::

        def test_nobody_has_the_same_name_twice(identity, new_identity):
            assert identity.name in {f"{identity.first_name} {identity.last_name}"}
            assert new_identity().password != identity.password
    """
    return new_identity()


@pytest.fixture(scope="session")
def browser_type_launch_args(
    browser_type_launch_args: dict[str, Any], browser_name: str, pytestconfig: pytest.Config
) -> dict[str, Any]:
    """`launchOptions`, and a browser that exists: Playwright's own, else the system's.

    The latter in every run: it changes nothing but a launch that would have failed.
    """
    from inboxwright.browser import find_browser, launch_options
    from inboxwright.errors import ConfigError

    ours = is_active(pytestconfig)
    options = browser_type_launch_args
    if ours:
        use = run_of(pytestconfig).project.use
        options = {**launch_options(use), **browser_type_launch_args}
        if use.connect_options is not None:
            return options
    if "executable_path" in options:
        return options
    try:
        found = find_browser(browser_name, channel=options.get("channel"), headless=options.get("headless", True))
    except ConfigError:
        if ours:
            raise
        return options
    return options if found is None else {**options, "executable_path": found}
