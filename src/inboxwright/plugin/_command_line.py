"""The command line: our options, and those of Playwright's plugins with playwright.config.json as their default."""

import argparse
from collections.abc import Generator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from inboxwright.config import Project

PLAYWRIGHT_OPTIONS = (
    "browser", "headed", "browser_channel", "tracing", "video", "screenshot", "full_page_screenshot", "output",
    "base_url",
)  # fmt: skip
"""Options of pytest-playwright and pytest-base-url that playwright.config.json gives a default to."""

GIVEN = pytest.StashKey[frozenset[str]]()
"""Those of them that the command line names: they win over the file."""
_AS_TRACING = {"on-first-retry": "off"}
"""pytest-playwright knows on, off and retain-on-failure; a retry's trace is switched on when there is a retry."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options of this plugin."""
    group = parser.getgroup("inboxwright", "inboxwright")
    group.addoption(
        "--project", metavar="NAME", help="Project of playwright.config.json to run against; its first one by default."
    )
    group.addoption(
        "--playwright-config",
        metavar="FILE",
        help="Configuration file; by default the nearest playwright.config.json, from the working directory upwards.",
    )
    group.addoption(
        "--keep-secrets",
        action="store_true",
        help="Leave tokens, codes and passwords readable in saved mails, traces and reports of failed tests.",
    )
    group.addoption(
        "--no-leak-check",
        action="store_true",
        help="Do not search the output folder, when the run ends, for secrets that should have been masked.",
    )
    group.addoption(
        "--shard",
        metavar="N/M",
        help="Run the Nth of M parts, as long as each other by the timings in .test_durations.",
    )
    group.addoption(
        "--fail-on-flaky-tests", action="store_true", help="Exit with 1 if a test passed only on a second try."
    )
    group.addoption(
        "--report-folder", metavar="FOLDER", help="Build the page of `inboxwright report` there when the run ends."
    )
    group.addoption(
        "--checks",
        metavar="NAMES",
        help="Of the tests made by inboxwright.checks only these: names of checks, or `active`, `passive`; by commas.",
    )
    group.addoption("--seed", metavar="TEXT", help="Seed of the made-up identities; a run prints its own.")


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(
    early_config: pytest.Config, parser: pytest.Parser, args: list[str]
) -> Generator[None, None, None]:
    """See which options the command line (and addopts) give, before defaults hide the difference.

    After all others, as pytest-playwright adds --base-url at the end of this hook where pytest-base-url is not in use.
    """
    yield
    unset = argparse.Namespace(**dict.fromkeys(PLAYWRIGHT_OPTIONS))
    given = parser.parse_known_args(args, namespace=unset)
    early_config.stash[GIVEN] = frozenset(name for name in PLAYWRIGHT_OPTIONS if getattr(given, name) is not None)


def fill_in_options(config: pytest.Config, project: "Project") -> None:
    """Set the options that the command line does not give; in each worker too, for xdist hands on arguments alone."""
    if project.file is None:
        return
    use, option = project.use, config.option
    defaults = {
        "browser": [use.browser_name],
        "headed": not use.headless,
        "browser_channel": use.channel,
        "tracing": _AS_TRACING.get(use.trace.mode, use.trace.mode),
        "video": _AS_TRACING.get(use.video.mode, use.video.mode),
        "screenshot": use.screenshot.mode,
        "full_page_screenshot": use.screenshot.full_page,
        "output": str(project.output_dir),
        "base_url": use.base_url,
    }
    for name, value in defaults.items():
        if name not in config.stash.get(GIVEN, frozenset()):
            setattr(option, name, value)


def place_of(worker: str | None, workers: int, shard: str | None) -> int:
    """A number to count round with: `worker` as xdist names it ("gw3"), one of so many `workers`; `shard` as "2/4"."""
    number = int((worker or "gw0").removeprefix("gw")) % workers  # one that replaces a crashed one is counted on
    return (int((shard or "1/1").partition("/")[0]) - 1) * workers + number
