"""Command line options, and which of Playwright's were given there."""

import argparse
from collections.abc import Generator

import pytest

PLAYWRIGHT_OPTIONS = (
    "browser", "headed", "browser_channel", "tracing", "video", "screenshot", "full_page_screenshot", "output",
    "base_url",
)  # fmt: skip
"""Options of pytest-playwright and pytest-base-url that playwright.config.json gives a default to."""

GIVEN = pytest.StashKey[frozenset[str]]()
"""Those of them that the command line names: they win over the file."""


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
