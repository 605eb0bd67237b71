"""reporter: github. Annotations that GitHub Actions shows beside the code."""

import pytest

from inboxwright.plugin._results import RESULTS_KEY
from inboxwright.plugin._run import run_of


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """One command a failure or flaky test (GitHub's workflow commands)."""
    results = config.stash.get(RESULTS_KEY, None)
    if results is None or not any(name == "github" for name, _ in run_of(config).project.reporter):
        return
    for line in results.finished:
        if line["outcome"] not in {"passed", "skipped"}:
            level = "warning" if line["outcome"] == "flaky" else "error"
            file, _, title = line["test"].partition("::")
            terminalreporter.write_line(f"::{level} file={file},title={_escape(title)}::{_escape(line['headline'])}")


def _escape(text: str) -> str:
    for char in "%\r\n:,":
        text = text.replace(char, f"%{ord(char):02X}")
    return text
