"""The conformance suite: one set of tests for every provider, against real mail systems."""

import os
import re
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from inboxwright import Inbox, Provider, connect
from tests.contract.mail import Post
from tests.contract.servers import Missing, Server
from tests.contract.targets import GROUPS, TARGETS, Target, marks

_EXCUSED = "CONTRACT_WITHOUT"
"""Targets that this CI machine cannot have, with commas between: skipped there, and named in the summary."""


def pytest_configure(config: pytest.Config) -> None:
    """Register the markers."""
    for target in TARGETS:
        config.addinivalue_line("markers", f"{target.name}: {target.says}")
    for group, members in GROUPS.items():
        config.addinivalue_line("markers", f"{group}: all of {', '.join(members)}")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Every test that takes a target runs against all of them, unless it says `only`."""
    chosen = [mark for mark in metafunc.definition.iter_markers("parametrize") if "target" in str(mark.args[0])]
    if "target" in metafunc.fixturenames and not chosen:
        metafunc.parametrize(
            "target", [pytest.param(target, id=target.name, marks=marks(target)) for target in TARGETS]
        )


class Running:
    """The servers of this process, each started when it is first needed."""

    def __init__(self) -> None:
        self._servers: dict[str, Server] = {}

    def get(self, target: Target) -> Server:
        """Running. Raises Missing."""
        if target.name not in self._servers:
            target.server.program.path()
            self._servers[target.name] = target.server().start()
        return self._servers[target.name]

    def close(self) -> None:
        """Stop them all, at the same time: each takes a while."""
        with ThreadPoolExecutor() as pool:
            list(pool.map(lambda server: server.close(), self._servers.values()))


@pytest.fixture(scope="session")
def running() -> Iterator[Running]:
    """What is started once and shared."""
    servers = Running()
    yield servers
    servers.close()


@pytest.fixture
def server(target: Target, running: Running) -> Server:
    """The target's mail system. Where it cannot be had: a failure in CI, elsewhere a skip that says why."""
    try:
        return running.get(target)
    except Missing as error:
        excused = target.name in os.environ.get(_EXCUSED, "").split(",")
        if os.environ.get("CI") and not excused:
            pytest.fail(f"{error}; where it cannot be had, say so: {_EXCUSED}={target.name}", pytrace=False)
        pytest.skip(f"{target.name}: {error}")


@pytest.fixture
def provider(server: Server) -> Iterator[Provider]:
    """A connection to it, as a project would have it."""
    with connect(server.provider, **server.options) as provider:
        yield provider


@pytest.fixture
def inbox(provider: Provider) -> Inbox:
    """A fresh inbox."""
    return provider.new_inbox("contract")


@pytest.fixture
def post(server: Server) -> Post:
    """Sends mail to it."""
    return Post(server.smtp)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Which targets ran, which did not, and why."""
    ran: Counter[str] = Counter()
    missing: dict[str, str] = {}
    names = {target.name for target in TARGETS}
    for outcome in ("passed", "failed", "error", "skipped"):
        for report in terminalreporter.stats.get(outcome, ()):
            parts = re.findall(r"[a-z]+", report.nodeid.partition("[")[2])
            for name in names.intersection(parts):
                if outcome == "skipped":
                    missing[name] = str(report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr)
                elif report.when == "call" or outcome == "error":
                    ran[name] += 1
    if not ran and not missing:
        return
    terminalreporter.section("mail systems of the conformance suite")
    for target in TARGETS:
        if target.name in ran:
            version = target.server.program.version
            terminalreporter.write_line(f"{target.name:10} ran: {ran[target.name]} tests, {target.says}, {version}")
        elif target.name in missing:
            terminalreporter.write_line(f"{target.name:10} DID NOT RUN: {missing[target.name]}")
