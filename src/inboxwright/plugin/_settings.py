"""What playwright.config.json says to pytest itself: workers, retries, shards, reporters. The command line wins."""

import os

import pytest

from inboxwright import report
from inboxwright.config import Project
from inboxwright.errors import ConfigError
from inboxwright.plugin._run import read_project, wants

_VERBOSITY = {"list": 1, "dot": 0, "line": -1, "null": -2, "github": 0}
_SHARD = "--shard must be like 2/4: this shard's number, a slash, how many there are"


def apply(config: pytest.Config) -> None:
    """Set the options that the command line leaves open. Raises pytest.UsageError for those that make no sense."""
    _apply_shard(config)
    project = read_project(config)
    if wants(config, project):
        _apply_workers(config, project)
        _apply_retries(config, project)
        _apply_reporters(config, project)


def _apply_shard(config: pytest.Config) -> None:
    """`--shard 2/4` as pytest-split's options; the timings are `.test_durations`, which `inboxwright report` writes."""
    if not config.option.shard:
        return
    number, slash, total = config.option.shard.partition("/")
    if not (slash and number.isdigit() and total.isdigit() and 1 <= int(number) <= int(total)):
        raise pytest.UsageError(_SHARD)
    config.option.splits, config.option.group = int(total), int(number)


def _apply_workers(config: pytest.Config, project: Project) -> None:
    option = config.option
    given = getattr(option, "numprocesses", 0) is not None or hasattr(config, "workerinput")
    if project.workers is None or given or getattr(option, "usepdb", False):
        return
    option.numprocesses = _processes(project.workers)


def _processes(workers: int | str) -> int | None:
    """A number, or a share of the cores; one worker needs no process of its own."""
    count = workers if isinstance(workers, int) else round((os.cpu_count() or 1) * int(workers.rstrip("%")) / 100)
    return None if count <= 1 else count


def _apply_retries(config: pytest.Config, project: Project) -> None:
    if project.retries and getattr(config.option, "reruns", 0) is None:
        config.option.reruns = project.retries


def _apply_reporters(config: pytest.Config, project: Project) -> None:
    if hasattr(config, "workerinput"):
        return
    option = config.option
    for name, options in project.reporter:
        if name == "junit" and not getattr(option, "xmlpath", None):
            option.xmlpath = str(project.root / options.get("outputFile", "test-results/junit.xml"))
        elif name == "html" and not option.report_folder:
            option.report_folder = str(project.root / options.get("outputFolder", "playwright-report"))
        if name in _VERBOSITY and option.verbose == 0:
            option.verbose = _VERBOSITY[name]
        if name == "null":
            option.no_summary = True
    _require_page(config)


def _require_page(config: pytest.Config) -> None:
    """Say now, not when all tests have run, that their page cannot be built."""
    try:
        if config.option.report_folder:
            report.require_extra()
    except ConfigError as error:
        raise pytest.UsageError(str(error)) from None
