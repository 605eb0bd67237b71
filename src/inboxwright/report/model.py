"""Results lines as runs and tests: what a report is built from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from inboxwright.report.causes import cause, in_words
from inboxwright.report.records import Line, read
from inboxwright.report.timeline import Event

Key = tuple[str, str]
"""A run's id and its shard."""
_INTERRUPTED, _INTERNAL_ERROR = 2, 3
"""Exit codes of pytest."""
_MOST_NAMES = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Test:
    """One test of one run, with all its attempts."""

    __test__ = False

    name: str
    outcome: str
    """passed, failed, flaky, crashed, skipped or quarantined."""
    attempts: int
    started: str
    duration: float
    """Seconds."""
    project: str
    provider: str
    key: Key
    waits: tuple[Mapping[str, Any], ...] = ()
    headline: str = ""
    details: str = ""
    cause: str = ""
    events: tuple[Event, ...] = ()
    files: tuple[tuple[str, Path], ...] = ()

    @property
    def failed(self) -> bool:
        """Neither passed nor flaky nor skipped."""
        return self.outcome in {"failed", "crashed"}

    @property
    def title(self) -> str:
        """The function and its parameters."""
        return self.name.rpartition("::")[2]

    def pictures(self, kind: str) -> list[Path]:
        """Those of its page, or of its mail."""
        return [path for of, path in self.files if of == kind and path.exists()]


@dataclass(slots=True, kw_only=True)
class Run:
    """One pytest run, or one shard of it."""

    key: Key
    project: str
    provider: str
    browser: str = ""
    commit: str | None = None
    started: str = ""
    finished: str | None = None
    """None: it died."""
    exit: int = 0
    """pytest's exit code."""
    planned: set[str] = field(default_factory=set)
    begun: set[str] = field(default_factory=set)
    done: set[str] = field(default_factory=set)

    @property
    def label(self) -> str:
        """For people."""
        return f"run {self.key[0]}" + (f", shard {self.key[1]}" if self.key[1] else "")

    @property
    def missing(self) -> list[str]:
        """Tests that have no result."""
        return sorted(self.planned - self.done)

    @property
    def running_at_the_end(self) -> list[str]:
        """Tests that had begun when the run died."""
        return sorted((self.begun & self.planned) - self.done)

    @property
    def end(self) -> str:
        """How it ended, in words; nothing where it came to its end."""
        if self.finished is None:
            return "died"
        if self.exit == _INTERNAL_ERROR:
            return "ended in an internal error of pytest or a plugin, which its log has"
        if not self.missing:
            return ""
        return "was interrupted" if self.exit == _INTERRUPTED else "ended early"


@dataclass(slots=True, kw_only=True)
class Report:
    """Everything of the runs that were given."""

    runs: dict[Key, Run] = field(default_factory=dict)
    tests: list[Test] = field(default_factory=list)
    uncollected: dict[str, Test] = field(default_factory=dict)
    """Files whose tests are not known, as tests that failed; each shard collects them all."""

    def add(self, line: Line, folder: Path) -> None:
        """Take in one line; `folder` is what its files are relative to."""
        key = (str(line.get("run")), str(line.get("shard") or ""))
        run = self.runs.setdefault(
            key, Run(key=key, project=str(line.get("project")), provider=str(line.get("provider")))
        )
        match line["kind"]:
            case "run":
                run.started, run.browser, run.commit = line["started"], line.get("browser", ""), line.get("commit")
            case "collected":
                run.planned |= set(line["tests"])
            case "begin":
                run.begun.add(line["test"])
            case "uncollected":
                self.uncollected.setdefault(line["test"], _test(line, key, folder))
            case "end":
                run.finished, run.exit = line["finished"], line.get("exit", 0)
            case "test":
                run.done.add(line["test"])
                self.tests.append(_test(line, key, folder))

    def of(self, *outcomes: str) -> list[Test]:
        """The tests with one of these outcomes."""
        return [test for test in self.tests if test.outcome in outcomes]

    @property
    def failures(self) -> list[Test]:
        """Tests that failed or crashed, by cause and name."""
        return sorted(self.of("failed", "crashed"), key=lambda test: (test.cause, test.name))

    @property
    def died(self) -> list[Run]:
        """Runs that never came to their end, or left tests without a result."""
        return [run for run in self.runs.values() if run.end]

    @property
    def good(self) -> bool:
        """Whether tests ran, all of them, and none failed; flaky ones do not count as failed."""
        return bool(self.tests) and not self.failures and not self.died and not self.uncollected

    def verdict(self) -> str:
        """What happened, in a few sentences."""
        if not self.tests and not self.died and not self.uncollected:
            return "No test left a result."
        counted = [test for test in self.tests if test.outcome not in {"skipped", "quarantined"}]
        parts = []
        if names := list(self.uncollected):
            parts.append(f"The tests of {_listed(names)} could not be collected.")
        if self.failures:
            why = in_words(test.cause for test in self.failures)
            parts.append(f"{len(self.failures)} of {len(counted)} tests failed: {why}.")
        elif counted:
            passed = self.of("passed")
            every = len(passed) == len(counted)
            parts.append(
                f"All {len(counted)} tests passed." if every else f"{len(passed)} of {len(counted)} tests passed."
            )
        elif self.tests:
            parts.append(f"All {len(self.tests)} tests were skipped.")
        if flaky := self.of("flaky"):
            parts.append(f"{len(flaky)} {'was' if len(flaky) == 1 else 'were'} flaky: failed first, passed on a retry.")
        if held := self.of("quarantined"):
            parts.append(
                f"{len(held)} failed in quarantine, which {'decides' if len(held) == 1 else 'decide'} nothing."
            )
        for run in self.died:
            last = f"; running then: {_listed(run.running_at_the_end)}" if run.running_at_the_end else ""
            left = f": {len(run.missing)} of {len(run.planned)} tests have no result{last}" if run.missing else ""
            parts.append(f"The {run.label} {run.end}{left}.")
        return " ".join(parts)


def _listed(names: list[str]) -> str:
    more = f" and {len(names) - _MOST_NAMES} more" if len(names) > _MOST_NAMES else ""
    return f"{', '.join(names[:_MOST_NAMES])}{more}"


def _test(line: Line, key: Key, folder: Path) -> Test:
    bad = line["outcome"] not in {"passed", "skipped"}
    headline = line.get("headline") or ""
    return Test(
        name=line["test"],
        outcome=line["outcome"],
        attempts=line.get("attempts", 1),
        started=line["started"],
        duration=line["duration"],
        project=str(line.get("project")),
        provider=str(line.get("provider")),
        key=key,
        waits=tuple(line.get("waits", ())),
        headline=headline,
        details=line.get("details") or "",
        cause=cause(line["outcome"], line.get("verdict"), f"{headline}\n{line.get('details') or ''}") if bad else "",
        events=tuple(Event(**event) for event in line.get("events", ())),
        files=tuple((kind, folder / path) for kind, path in line.get("files", ())),
    )


def load(files: Iterable[Path]) -> Report:
    """The report of these results files."""
    report = Report()
    seen: set[str] = set()
    for file in files:
        for line in read(file):
            if line["id"] not in seen:
                seen.add(line["id"])
                report.add(line, file.parent)
    return report
