"""The pytest plugin: options and wiring here, one idea a module beside it.

Fixtures are registered last, so that they extend pytest-playwright's own of the same name whatever the order in
which pytest found the two plugins; a conftest.py still overrides both.
"""

import importlib

import pytest

from inboxwright.plugin._checks import Table
from inboxwright.plugin._command_line import pytest_addoption, pytest_load_initial_conftests
from inboxwright.plugin._progress import Progress
from inboxwright.plugin._quota import Quota
from inboxwright.plugin._results import RESULTS_KEY, Results
from inboxwright.plugin._run import Run, run_of, wants
from inboxwright.plugin._settings import pytest_cmdline_main

__all__ = ["pytest_addoption", "pytest_cmdline_main", "pytest_configure", "pytest_load_initial_conftests", "run_of"]

_ALWAYS = ("_people", "_test_body", "_output", "_reporting", "_selection", "_quarantine", "_terminal", "_checks")
_BESIDE = {
    "playwright": ("_remote", "_contexts", "_fixtures", "_two_way", "_signed_in"),
    "playwright-asyncio": ("_remote", "_async_fixtures", "_async_two_way"),
}
"""Which modules extend which of the two Playwright plugins; pytest runs with one of them at a time."""


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    """Read the configuration, and bring in the rest of the plugin."""
    modules = list(_ALWAYS)
    for plugin, extending in _BESIDE.items():
        if config.pluginmanager.has_plugin(plugin):
            modules += extending
    for module in modules:
        config.pluginmanager.register(importlib.import_module(f"{__name__}.{module}"))
    run = Run.of(config)
    config.pluginmanager.register(run, "inboxwright-run")
    if wants(config, run.project):
        _register_watchers(config, run)


def _register_watchers(config: pytest.Config, run: Run) -> None:
    """The controller keeps the book; whoever runs tests tells of long waits."""
    is_worker = hasattr(config, "workerinput")
    if not is_worker:
        config.stash[RESULTS_KEY] = Results(config, run)
        config.pluginmanager.register(config.stash[RESULTS_KEY], "inboxwright-results")
        config.pluginmanager.register(Quota(config, run), "inboxwright-quota")
        config.pluginmanager.register(Table(config), "inboxwright-checks")
    if is_worker or not getattr(config.option, "numprocesses", None):
        config.pluginmanager.register(Progress(), "inboxwright-progress")
