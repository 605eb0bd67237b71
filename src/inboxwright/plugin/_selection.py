"""Which tests run, and for how long each may: grep, grepInvert, `only`, forbidOnly, timeout."""

import os
import re
from pathlib import Path

import pytest

from inboxwright.config import Project
from inboxwright.plugin._activation import run_of


def pytest_configure(config: pytest.Config) -> None:
    """Make the marker known."""
    config.addinivalue_line("markers", "only: run this test and no other; refused where forbidOnly is true")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """For tests below the project's testDir; others, such as unit tests beside them, are left alone."""
    project = run_of(config).project
    if project.file is None:
        return
    ours = [item for item in items if _is_below(item.path, project.test_dir)]
    _limit(config, project, ours)
    only = [item for item in ours if item.get_closest_marker("only")]
    if only and project.forbid_only:
        names = ", ".join(item.nodeid for item in only)
        refuse(config, f"forbidOnly is true, and marked `only`: {names}; remove the marker")
        items.clear()
        return
    dropped = [item for item in ours if not _is_chosen(item, project) or (only and item not in only)]
    if dropped:
        config.hook.pytest_deselected(items=dropped)
        gone = set(dropped)
        items[:] = [item for item in items if item not in gone]


def refuse(config: pytest.Config, why: str) -> None:
    """Raises pytest.UsageError; in a worker, where xdist takes that for an error of its own, as a failed collection."""
    if not hasattr(config, "workerinput"):
        raise pytest.UsageError(why)
    report = pytest.CollectReport(nodeid="", outcome="failed", longrepr=why, result=[])
    config.hook.pytest_collectreport(report=report)


def _is_below(path: Path, folder: Path) -> bool:
    return path.is_relative_to(folder)


def _is_chosen(item: pytest.Item, project: Project) -> bool:
    """As in Playwright Test, patterns see the title with its tags: a marker is the tag of its name."""
    text = " ".join([item.nodeid, *(f"@{mark.name}" for mark in item.iter_markers())])
    wanted = project.grep is None or re.search(project.grep, text) is not None
    return wanted and not (project.grep_invert and re.search(project.grep_invert, text))


def _someone_looks_on(config: pytest.Config) -> bool:
    """With Playwright's inspector, or by pytest-playwright's option; Playwright Test sets no limit then either."""
    return bool(os.environ.get("PWDEBUG") or getattr(config.option, "playwright_debug", None))


def _limit(config: pytest.Config, project: Project, items: list[pytest.Item]) -> None:
    """The project's `timeout` where neither pytest-timeout nor a marker says another."""
    if not project.timeout or _someone_looks_on(config) or not config.pluginmanager.hasplugin("timeout"):
        return
    if config.getoption("timeout", None) is not None or config.getini("timeout"):
        return
    for item in items:
        if item.get_closest_marker("timeout") is None:
            item.add_marker(pytest.mark.timeout(project.timeout / 1000))
