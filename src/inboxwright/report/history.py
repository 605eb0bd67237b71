"""What many runs say of one test: how often it fails, how often it is flaky, before and after a date."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from inboxwright.report.records import Line
from inboxwright.report.statistics import wilson


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
class TestHistory:
    """One test over all runs of one project."""

    __test__ = False

    name: str
    project: str
    failed: Rate
    flaky: Rate
    before: Rate
    """Failed or flaky, before the date."""
    after: Rate
    """Failed or flaky, from the date on."""

    @property
    def changed(self) -> str:
        """Whether the date made a difference that the intervals can tell."""
        if not self.before.of or not self.after.of:
            return ""
        if self.after.interval[0] > self.before.interval[1]:
            return "worse"
        return "better" if self.after.interval[1] < self.before.interval[0] else "no change that these runs can tell"


def histories(lines: Iterable[Line], *, since: str | None = None) -> list[TestHistory]:
    """Every test, the worst first; `since` is an ISO date."""
    outcomes: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for line in lines:
        if line["kind"] == "test" and line["outcome"] != "skipped":
            outcomes[str(line.get("project")), line["test"]].append((line["started"], line["outcome"]))
    found = []
    for (project, name), results in outcomes.items():
        early = [outcome for at, outcome in results if since is None or at < since]
        late = [outcome for at, outcome in results if since is not None and at >= since]
        every = [outcome for _, outcome in results]
        found.append(
            TestHistory(
                name=name,
                project=project,
                failed=Rate(count=sum(outcome in {"failed", "crashed"} for outcome in every), of=len(every)),
                flaky=Rate(count=every.count("flaky"), of=len(every)),
                before=_bad(early),
                after=_bad(late),
            )
        )
    return sorted(found, key=lambda test: (-test.failed.share - test.flaky.share, test.name))


def _bad(outcomes: list[str]) -> Rate:
    return Rate(count=sum(outcome != "passed" for outcome in outcomes), of=len(outcomes))


@dataclass(frozen=True, slots=True, kw_only=True)
class RunHistory:
    """One run with all its shards."""

    run: str
    started: str
    passed: int
    flaky: int
    failed: int


def runs(lines: Iterable[Line]) -> list[RunHistory]:
    """Every run, oldest first."""
    grouped: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        if line["kind"] == "test" and line["outcome"] != "skipped":
            grouped[line["run"]].append(line)
    found = [
        RunHistory(
            run=run,
            started=min(str(line["started"]) for line in held),
            passed=sum(line["outcome"] == "passed" for line in held),
            flaky=sum(line["outcome"] == "flaky" for line in held),
            failed=sum(line["outcome"] in {"failed", "crashed"} for line in held),
        )
        for run, held in grouped.items()
    ]
    return sorted(found, key=lambda run: run.started)


def timings(lines: Iterable[Line]) -> dict[str, float]:
    """The latest duration of each test that passed, in seconds: pytest-split's file, for even shards."""
    tests = [line for line in lines if line["kind"] == "test" and line["outcome"] in {"passed", "flaky"}]
    return {line["test"]: line["duration"] for line in sorted(tests, key=lambda line: str(line["started"]))}
