"""Run the new test at once, three times, each with a fresh inbox and identity."""

import re
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

_PATIENCE = 300.0  # seconds


RUNS = 3
"""How often, each time with a fresh person: what passes by chance seldom does so three times."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What came of it. `why` is the failure's own words, empty when it passed."""

    passed: bool
    seconds: float
    why: str = ""
    failed: tuple[str, ...] = ()
    """The names of the tests that failed in any of the runs."""

    def __str__(self) -> str:
        if self.passed:
            return f"The new test passes {RUNS} times, each with a fresh person ({self.seconds:.1f} s)."
        return f"The new test FAILS in one of {RUNS} runs or more ({self.seconds:.1f} s):\n{self.why}"


def check(test: str, root: Path, *, arguments: tuple[str, ...] = ()) -> Checked:
    """Run the test three times in the project's root, in a process of its own, headless."""
    command = [
        sys.executable, "-m", "pytest", test, "-q", "--no-header", "-rfE", "-p", "no:cacheprovider", "--tb=short",
        "-p", "inboxwright.record.thrice", *arguments,
    ]  # fmt: skip
    began = time.monotonic()
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and the project's own test
            command, cwd=root, capture_output=True, text=True, check=False, timeout=_PATIENCE
        )
    except subprocess.TimeoutExpired:
        return Checked(passed=False, seconds=_PATIENCE, why=f"it did not end within {_PATIENCE:.0f} s")
    output = done.stdout + done.stderr
    failed = re.findall(r"^(?:FAILED|ERROR) \S+::(\w+)", output, re.MULTILINE)
    return Checked(
        passed=done.returncode == 0, seconds=time.monotonic() - began, why=_why(output),
        failed=tuple(dict.fromkeys(failed)),
    )  # fmt: skip


def _why(output: str) -> str:
    """The lines with the errors, or the last ones."""
    lines = [line for line in output.splitlines() if re.match(r"^(E  |FAILED|ERROR)", line)]
    return "\n".join(lines[:30] or output.splitlines()[-15:])
