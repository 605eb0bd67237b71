"""Two suites run in turn on the same machine: how often each fails by chance, and how long it takes."""

import os
import shlex
import statistics
import subprocess
import time
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from inboxwright.errors import ConfigError
from inboxwright.report.extra import template
from inboxwright.report.history import Change, Rate

_USAGE = frozenset({2, 3, 4, 5})
"""Exit codes with which pytest says that it was interrupted, broke, was called wrongly, or found no test."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One run of one suite."""

    seconds: float
    code: int
    passed: frozenset[str]
    failed: frozenset[str]

    @property
    def good(self) -> bool:
        """Whether it came to its end without a failure."""
        return self.code == 0 and not self.failed


@dataclass(frozen=True, slots=True, kw_only=True)
class Suite:
    """All runs of one suite."""

    command: str
    turns: Sequence[Turn]

    @property
    def runs(self) -> Rate:
        """Runs that failed."""
        return Rate(count=sum(not turn.good for turn in self.turns), of=len(self.turns))

    @property
    def broken(self) -> list[str]:
        """Tests that never passed: no flakes."""
        return sorted({name for turn in self.turns for name in turn.failed} - self._ever_passed)

    @property
    def flaky(self) -> list[tuple[str, Rate]]:
        """Tests that failed in some runs and passed in others, the worst first."""
        failed = Counter(name for turn in self.turns for name in turn.failed)
        passed = Counter(name for turn in self.turns for name in turn.passed)
        found = [(name, Rate(count=failed[name], of=failed[name] + passed[name])) for name in failed if passed[name]]
        return sorted(found, key=lambda pair: (-pair[1].share, pair[0]))

    @property
    def flakes(self) -> Rate:
        """Results of tests that were such a failure."""
        tests = sum(len(turn.passed) + len(turn.failed) for turn in self.turns)
        return Rate(count=sum(rate.count for _, rate in self.flaky), of=tests)

    @property
    def tests(self) -> int:
        """How many different ones there are."""
        return len({name for turn in self.turns for name in turn.passed | turn.failed})

    @property
    def _ever_passed(self) -> set[str]:
        return {name for turn in self.turns for name in turn.passed}

    @property
    def median(self) -> float:
        """Seconds of a run, its start included."""
        return statistics.median(turn.seconds for turn in self.turns)

    @property
    def slowest(self) -> float:
        """Seconds."""
        return max(turn.seconds for turn in self.turns)


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Both."""

    old: Suite
    new: Suite

    @property
    def runs(self) -> Change:
        """Runs that failed."""
        return Change(before=self.old.runs, after=self.new.runs)

    @property
    def flakes(self) -> Change:
        """Results that were a failure by chance."""
        return Change(before=self.old.flakes, after=self.new.flakes)

    def lines(self) -> list[str]:
        """For a terminal."""
        rows = [
            ("", "old", "new", ""),
            ("runs", str(len(self.old.turns)), str(len(self.new.turns)), ""),
            ("tests", str(self.old.tests), str(self.new.tests), ""),
            ("runs that failed", str(self.old.runs), str(self.new.runs), self.runs.words),
            ("results that were flakes", str(self.old.flakes), str(self.new.flakes), self.flakes.words),
            ("flaky tests", str(len(self.old.flaky)), str(len(self.new.flaky)), ""),
            ("tests that never passed", str(len(self.old.broken)), str(len(self.new.broken)), ""),
            ("a run takes (median)", minutes(self.old.median), minutes(self.new.median), ""),
            ("the slowest took", minutes(self.old.slowest), minutes(self.new.slowest), ""),
        ]
        widths = [max(len(row[column]) for row in rows) for column in range(4)]
        return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]

    def page(self) -> str:
        """One page that fetches nothing. Raises ConfigError without the extra."""
        text: str = template("compare.html.jinja").render(comparison=self, minutes=minutes)
        return text


def compare(old: str, new: str, *, runs: int, folder: Path, tell: Callable[[str], None]) -> Comparison:
    """Run both commands so many times in turn; `folder` holds their results while it runs.

    What is first changes from turn to turn, so that a machine that grows slower or busier does so for both. Each is a
    pytest, as tests are told apart by its JUnit file. Raises ConfigError if one cannot run at all.
    """
    turns: dict[str, list[Turn]] = {"old": [], "new": []}
    commands = {"old": shlex.split(old), "new": shlex.split(new)}
    for number in range(runs):
        for name in ("old", "new") if number % 2 == 0 else ("new", "old"):
            turn = _run(commands[name], folder / f"{name}-{number}.xml", name)
            turns[name].append(turn)
            said = "passed" if turn.good else f"failed: {', '.join(sorted(turn.failed)) or f'exit code {turn.code}'}"
            tell(f"{number + 1}/{runs} {name}: {turn.seconds:.1f} s, {said}")
    return Comparison(old=Suite(command=old, turns=turns["old"]), new=Suite(command=new, turns=turns["new"]))


def _run(command: Sequence[str], junit: Path, name: str) -> Turn:
    options = f"{os.environ.get('PYTEST_ADDOPTS', '')} --junitxml {shlex.quote(str(junit))}".strip()
    begun = time.monotonic()
    try:
        done = subprocess.run(  # noqa: S603 - the user's own command
            command, env={**os.environ, "PYTEST_ADDOPTS": options}, capture_output=True, text=True, check=False
        )
    except OSError as error:
        raise ConfigError(
            f"--{name}: {command[0] if command else 'nothing'} cannot be run: {error.strerror}"
        ) from error
    seconds = time.monotonic() - begun
    if done.returncode in _USAGE or not junit.exists():
        said = (done.stdout + done.stderr).strip()[-1500:]
        raise ConfigError(f"--{name} ended with exit code {done.returncode} and gave no result of a test:\n{said}")
    passed: set[str] = set()
    failed: set[str] = set()
    for case in ET.parse(junit).iter("testcase"):  # noqa: S314 - pytest has just written it
        title = f"{case.get('classname')}::{case.get('name')}"
        if case.find("skipped") is None:
            (passed if case.find("failure") is None and case.find("error") is None else failed).add(title)
    return Turn(seconds=seconds, code=done.returncode, passed=frozenset(passed - failed), failed=frozenset(failed))


def minutes(seconds: float) -> str:
    """ "1 min 05 s", below a minute "4.2 s"."""
    return f"{seconds:.1f} s" if seconds < 60 else f"{int(seconds // 60)} min {int(seconds % 60):02d} s"
