"""Which browser a run has and where it goes: fixtures of both of Playwright's plugins, with the project's values.

Browsers that run elsewhere are `use.connectOptions`, whose endpoints are shared out among the workers.
"""

import json
import os
import re
from collections.abc import Mapping
from importlib.metadata import version
from typing import Any

import pytest

from inboxwright.browser import context_options
from inboxwright.config import ConnectOptions, Project
from inboxwright.plugin._command_line import place_of

_LAUNCH = "x-playwright-launch-options"


@pytest.fixture(scope="session")
def connect_options(
    connect_options: dict[str, Any] | None,
    browser_type_launch_args: dict[str, Any],
    project: Project,
    pytestconfig: pytest.Config,
) -> dict[str, Any] | None:
    """For `browser_type.connect`; None starts a browser on this machine."""
    options = project.use.connect_options
    if connect_options is not None or options is None:
        return connect_options
    given = {
        "endpoint": endpoint_of(
            options,
            os.environ.get("PYTEST_XDIST_WORKER"),
            int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1")),
            pytestconfig.option.shard,
        ),
        "headers": {_LAUNCH: launch_header(browser_type_launch_args), **options.headers},
        "expose_network": options.expose_network,
        "slow_mo": options.slow_mo,
        "timeout": options.timeout,
    }
    return {name: value for name, value in given.items() if value is not None}


def endpoint_of(options: ConnectOptions, worker: str | None, workers: int, shard: str | None) -> str:
    """This worker's endpoint: the workers ("gw3") of all shards ("2/4") take them in turn."""
    return options.ws_endpoint[place_of(worker, workers, shard) % len(options.ws_endpoint)]


def launch_header(options: Mapping[str, Any]) -> str:
    """Launch options as the server reads them; pytest-playwright sends Python's names, which it ignores."""
    camel = {re.sub(r"_(\w)", lambda part: part[1].upper(), name): value for name, value in options.items()}
    return json.dumps(camel, default=str)


def explain(error: str, options: ConnectOptions) -> str:
    """One line: which endpoint, what it said, what to do."""
    where = ", ".join(options.ws_endpoint)
    ours = version("playwright")
    if "428" in error or "version mismatch" in error.lower():
        theirs = re.search(r"server(?: version)?:? v?(\d+\.\d+(?:\.\d+)?)", error, re.IGNORECASE)
        runs = f" runs Playwright {theirs.group(1)}" if theirs else " runs another version of Playwright"
        return (
            f"use.connectOptions: {where}{runs}, these tests {ours}: the first two numbers must be the same; "
            f"start the server with `npx playwright@{ours} run-server` or install its version of playwright here"
        )
    if "ECONNREFUSED" in error or "ENOTFOUND" in error or "ETIMEDOUT" in error or "Timeout" in error:
        return f"use.connectOptions: no browser server answers at {where}; start one: `playwright run-server --port N`"
    if "Executable doesn't exist" in error:
        return (
            f"use.connectOptions: the server at {where} has no such browser; run `playwright install` there, or name "
            "one in use.launchOptions.executablePath and start the server with --unsafe"
        )
    first = next(iter(error.splitlines()), "")
    return f"use.connectOptions: {where} refused a browser: {first}"


@pytest.fixture(scope="session")
def base_url(pytestconfig: pytest.Config) -> str | None:
    """The project's base URL, on the port that the run found for it."""
    url: str | None = pytestconfig.getoption("base_url")
    return url


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any], project: Project) -> dict[str, Any]:
    """What each context is made with: `viewport`, `locale` and the like."""
    return {**context_options(project.use), **browser_context_args}
