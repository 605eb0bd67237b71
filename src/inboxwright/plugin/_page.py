"""reporter: html. The page of `inboxwright report`, built when the run ends."""

from pathlib import Path

import pytest

from inboxwright import report
from inboxwright.errors import ConfigError
from inboxwright.plugin._results import RESULTS_KEY


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Only in the controller, and only if a folder was named."""
    if not config.option.report_folder or RESULTS_KEY not in config.stash:
        return
    results = Path(config.option.output).absolute() / report.RESULTS
    if not results.exists():
        return
    try:
        index = report.build(report.load([results]), Path(config.invocation_params.dir, config.option.report_folder))
    except ConfigError as error:
        terminalreporter.write_line(str(error), yellow=True)
        return
    terminalreporter.write_line(f"report: {index}")
