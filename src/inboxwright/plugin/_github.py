"""reporter: github. Annotations that GitHub Actions shows beside the code."""

import os

import pytest

from inboxwright.plugin._results import RESULTS_KEY
from inboxwright.plugin._run import run_of

_IN_MESSAGES = "%\r\n"
_IN_PROPERTIES = f"{_IN_MESSAGES}:,"
"""What GitHub's runner puts back: more of it in a command's properties than in its message."""


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """One command a failure or flaky test (GitHub's workflow commands)."""
    results = config.stash.get(RESULTS_KEY, None)
    if results is None or not any(name == "github" for name, _ in run_of(config).project.reporter):
        return
    for line in (*results.uncollected, *results.finished):
        if line["outcome"] not in {"passed", "skipped"}:
            level = "warning" if line["outcome"] == "flaky" else "error"
            file, _, title = line["test"].partition("::")
            path = os.path.relpath(config.rootpath / file, os.environ.get("GITHUB_WORKSPACE", config.rootpath))
            place = f"file={_escape(path, _IN_PROPERTIES)},title={_escape(title, _IN_PROPERTIES)}"
            terminalreporter.write_line(f"::{level} {place}::{_escape(line['headline'], _IN_MESSAGES)}")


def _escape(text: str, chars: str) -> str:
    for char in chars:
        text = text.replace(char, f"%{ord(char):02X}")
    return text
