"""What many runs say of one test, and of the suite: how often it fails or is flaky, before and after a moment."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from inboxwright.report.moments import at
from inboxwright.report.records import Line
from inboxwright.report.statistics import difference, wilson

_BAD = frozenset({"failed", "crashed", "flaky"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """How often something happened, with its 95 % interval (Wilson)."""

    count: int
    of: int

    @property
    def share(self) -> float:
        """0 to 1."""
        return self.count / self.of if self.of else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """0 to 1."""
        return wilson(self.count, self.of)

    def __str__(self) -> str:
        low, high = self.interval
        return f"{self.share:.1%} ({low:.1%} to {high:.1%})" if self.of else "no runs"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A rate before and after a moment."""

    before: Rate
    after: Rate

    @property
    def words(self) -> str:
        """Whether the difference is one that chance does not explain (95 %, Newcombe's interval)."""
        if not self.before.of or not self.after.of:
            return ""
        low, high = difference((self.before.count, self.before.of), (self.after.count, self.after.of))
        if low > 0:
            return "worse"
        return "better" if high < 0 else "too few runs to tell"


@dataclass(frozen=True, slots=True, kw_only=True)
class TestHistory:
    """One test over all runs of one project."""

    __test__ = False

    name: str
    project: str
    failed: Rate
    flaky: Rate
    change: Change
    """Failed or flaky, before the moment and from it on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SuiteHistory:
    """All tests of all runs taken together."""

    failed: Rate
    """Of the tests that ran."""
    flaky: Rate
    unsteady: Rate
    """Of the runs: those in which at least one test failed or was flaky."""
    tests: Change
    """Tests that failed or were flaky."""
    runs: Change
    """Runs in which at least one did."""


def suite(lines: Iterable[Line], *, since: datetime | None = None) -> SuiteHistory:
    """The rates of the whole; `since` is the moment that they are cut at."""
    tests = _tests(lines)
    seen = runs(tests)
    early_runs = [run for run in seen if since is None or at(run.started) < since]
    late_runs = [run for run in seen if since is not None and at(run.started) >= since]
    outcomes = [str(line["outcome"]) for line in tests]
    return SuiteHistory(
        failed=_rate(outcomes, {"failed", "crashed"}),
        flaky=_rate(outcomes, {"flaky"}),
        unsteady=_unsteady(seen),
        tests=_change([(str(line["started"]), str(line["outcome"])) for line in tests], since),
        runs=Change(before=_unsteady(early_runs), after=_unsteady(late_runs)),
    )


def histories(lines: Iterable[Line], *, since: datetime | None = None) -> list[TestHistory]:
    """Every test, the worst first; `since` is the moment that they are cut at."""
    results: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for line in _tests(lines):
        results[str(line.get("project")), line["test"]].append((line["started"], line["outcome"]))
    found = []
    for (project, name), of_test in results.items():
        outcomes = [outcome for _, outcome in of_test]
        found.append(
            TestHistory(
                name=name,
                project=project,
                failed=_rate(outcomes, {"failed", "crashed"}),
                flaky=_rate(outcomes, {"flaky"}),
                change=_change(of_test, since),
            )
        )
    return sorted(found, key=lambda test: (-test.failed.share - test.flaky.share, test.name))


def _tests(lines: Iterable[Line]) -> list[Line]:
    return [line for line in lines if line["kind"] == "test" and line["outcome"] not in {"skipped", "quarantined"}]


def _rate(outcomes: list[str], counted: Iterable[str]) -> Rate:
    wanted = set(counted)
    return Rate(count=sum(outcome in wanted for outcome in outcomes), of=len(outcomes))


def _change(results: list[tuple[str, str]], since: datetime | None) -> Change:
    early = [outcome for started, outcome in results if since is None or at(started) < since]
    late = [outcome for started, outcome in results if since is not None and at(started) >= since]
    return Change(before=_rate(early, _BAD), after=_rate(late, _BAD))


@dataclass(frozen=True, slots=True, kw_only=True)
class RunHistory:
    """One run with all its shards."""

    run: str
    started: str
    passed: int
    flaky: int
    failed: int

    @property
    def unsteady(self) -> bool:
        """Whether a test failed or was flaky."""
        return bool(self.flaky or self.failed)


def _unsteady(seen: list[RunHistory]) -> Rate:
    return Rate(count=sum(run.unsteady for run in seen), of=len(seen))


def runs(lines: Iterable[Line]) -> list[RunHistory]:
    """Every run, oldest first."""
    grouped: dict[str, list[Line]] = defaultdict(list)
    for line in _tests(lines):
        grouped[line["run"]].append(line)
    found = []
    for run, held in grouped.items():
        counted = Counter(line["outcome"] for line in held)
        found.append(
            RunHistory(
                run=run,
                started=min(str(line["started"]) for line in held),
                passed=counted["passed"],
                flaky=counted["flaky"],
                failed=counted["failed"] + counted["crashed"],
            )
        )
    return sorted(found, key=lambda run: run.started)


def timings(lines: Iterable[Line]) -> dict[str, float]:
    """The latest duration of each test that passed, in seconds: pytest-split's file, for even shards."""
    tests = [line for line in lines if line["kind"] == "test" and line["outcome"] in {"passed", "flaky"}]
    return {line["test"]: line["duration"] for line in sorted(tests, key=lambda line: str(line["started"]))}
