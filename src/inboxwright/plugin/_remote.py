"""Browsers that run elsewhere: `use.connectOptions`, with its endpoints shared out among the workers."""

import json
import os
import re
from collections.abc import Callable, Mapping
from importlib.metadata import version
from typing import Any

import pytest
from playwright.sync_api import Browser, Error

from inboxwright.config import ConnectOptions, Project
from inboxwright.errors import ConfigError
from inboxwright.plugin._place import place_of

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


@pytest.fixture(scope="session")
def launch_browser(launch_browser: Callable[..., Browser], project: Project) -> Callable[..., Browser]:
    """As pytest-playwright's; what goes wrong on the way to a remote browser is said in one line."""

    def launch(**options: Any) -> Browser:
        try:
            return launch_browser(**options)
        except Error as error:
            if project.use.connect_options is None:
                raise
            # Not pytest.exit: in an xdist worker that would bring the whole run down without a word.
            raise ConfigError(explain(str(error), project.use.connect_options)) from None

    return launch


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
