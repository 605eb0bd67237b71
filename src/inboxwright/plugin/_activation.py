"""Whether this run uses inboxwright, and what is brought in then.

It does where there is a playwright.config.json, where the command line has an option of ours, or as soon as a fixture
of ours is met, by a test's signature or while it runs. A run that does none of this is as without the plugin: nothing
but this module and the fixtures' signatures is imported, no hook changes anything, no file is written.
"""

import importlib
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from inboxwright.plugin._run import Run

FILE_NAME = "playwright.config.json"

_PACKAGE = __name__.rpartition(".")[0]
_FIXTURES = {
    "playwright": ("_people", "_fixtures", "_two_way"),
    "playwright-asyncio": ("_people", "_async_fixtures", "_async_two_way"),
}
"""What a run may ask for beside each of the two Playwright plugins; pytest runs with one of them at a time."""
_EXTENSIONS = {"playwright": ("_remote", "_contexts"), "playwright-asyncio": ("_remote", "_async_contexts")}
"""What then extends the fixtures of that plugin."""
_HOOKS = ("_test_body", "_output", "_reporting", "_selection", "_quarantine", "_terminal", "_checks")

_RUN = pytest.StashKey["Run"]()
_FILE = pytest.StashKey[Path | None]()


def config_file(config: pytest.Config) -> Path | None:
    """The run's playwright.config.json: named, or the nearest one at or above the tests, the folder, the root."""
    if _FILE not in config.stash:
        start = config.invocation_params.dir
        given = config.getoption("playwright_config")
        places = (_tests(config), start, config.rootpath)
        config.stash[_FILE] = Path(start, given) if given else next(filter(None, map(_nearest, places)), None)
    return config.stash[_FILE]


def asked_for(config: pytest.Config) -> bool:
    """Whether the run is ours before any test is looked at."""
    option = config.option
    ours = (option.project, option.shard, option.report_folder, option.checks, option.seed)
    return any(ours) or option.keep_secrets or option.fail_on_flaky_tests or config_file(config) is not None


def fixture_modules(config: pytest.Config) -> Iterator[ModuleType]:
    """Those whose fixtures a test may name; importing them brings in nothing that Playwright's plugin has not."""
    yield from _beside(config, _FIXTURES)


def activate(config: pytest.Config) -> None:
    """Bring in the rest of the plugin, once. Raises pytest.UsageError for a configuration that is wrong."""
    if _RUN in config.stash:
        return
    manager = config.pluginmanager
    for module in (*map(_import, _HOOKS), *_beside(config, _EXTENSIONS)):
        manager.register(module)
    run: Run = _import("_run").Run.of(config)
    config.stash[_RUN] = run
    manager.register(run, "inboxwright-run")
    _import("_run").register_watchers(config, run)


def is_active(config: pytest.Config) -> bool:
    """Whether the rest is there."""
    return _RUN in config.stash


def run_of(config: pytest.Config) -> "Run":
    """The run that this pytest process belongs to; asking for it makes the run ours."""
    activate(config)
    return config.stash[_RUN]


def bring_in_for(metafunc: pytest.Metafunc) -> None:
    """Where a test needs a fixture of ours: activate, and let the test see the fixtures that came with that."""
    config = metafunc.config
    if _RUN in config.stash or not any(map(_is_ours, metafunc._arg2fixturedefs.values())):
        return
    activate(config)
    definition = metafunc.definition
    fresh = definition.session._fixturemanager.getfixtureinfo(definition, definition.obj, metafunc.cls)
    metafunc.fixturenames[:] = fresh.names_closure
    metafunc._arg2fixturedefs.update(fresh.name2fixturedefs)


def _is_ours(definitions: Sequence[pytest.FixtureDef[object]]) -> bool:
    """Whether the fixture is one of this plugin that nobody has overridden; the browser's is there in any run."""
    last = definitions[-1]
    return str(last.func.__module__).startswith(f"{_PACKAGE}.") and last.argname != "browser_type_launch_args"


def _import(name: str) -> ModuleType:
    return importlib.import_module(f"{_PACKAGE}.{name}")


def _beside(config: pytest.Config, modules: Mapping[str, tuple[str, ...]]) -> Iterator[ModuleType]:
    for plugin, names in modules.items():
        if config.pluginmanager.has_plugin(plugin):
            yield from map(_import, names)


def _tests(config: pytest.Config) -> Path:
    """The folder that holds all tests that were asked for: `pytest some/suite` takes that suite's own configuration."""
    start = config.invocation_params.dir
    named = [Path(start, arg.partition("::")[0]).resolve() for arg in config.args]
    there = [str(path if path.is_dir() else path.parent) for path in named if path.exists()]
    return Path(os.path.commonpath(there)) if there else start


def _nearest(start: Path) -> Path | None:
    folder = start.resolve()
    return next((place / FILE_NAME for place in (folder, *folder.parents) if (place / FILE_NAME).is_file()), None)
