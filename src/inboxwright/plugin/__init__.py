"""The pytest plugin. This module is the front door that pytest loads in every run, whether or not it is ours.

Until a run is seen to use inboxwright it knows the options and the names of the fixtures, and imports nothing else: see
`_activation`.
"""

import importlib
from collections.abc import Generator

import pytest

from inboxwright.plugin._activation import activate, asked_for, bring_in_for, fixture_modules, run_of
from inboxwright.plugin._command_line import pytest_addoption, pytest_load_initial_conftests

__all__ = [
    "pytest_addoption",
    "pytest_cmdline_main",
    "pytest_configure",
    "pytest_generate_tests",
    "pytest_load_initial_conftests",
    "run_of",
]


@pytest.hookimpl(wrapper=True)
def pytest_cmdline_main(config: pytest.Config) -> Generator[None, object, object]:
    """Before the plugins whose options playwright.config.json sets: a wrapper runs around all of them."""
    if asked_for(config):
        importlib.import_module(f"{__name__}._settings").apply(config)
    return (yield)


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    """The fixtures; the rest where the configuration or the command line asks for it.

    Fixtures are registered last, so that they extend pytest-playwright's own of the same name whatever the order in
    which pytest found the two plugins; a conftest.py still overrides both.
    """
    for module in fixture_modules(config):
        config.pluginmanager.register(module)
    if asked_for(config):
        activate(config)


@pytest.hookimpl(tryfirst=True)
def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test that needs a fixture of ours brings the rest in, where nothing else has."""
    bring_in_for(metafunc)
