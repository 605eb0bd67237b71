"""The history: one file that merges without conflict and survives a run that dies."""

import os
import random
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from inboxwright.errors import ConfigError
from inboxwright.report import find, merge_into, read
from inboxwright.report.history import histories, runs, suite, timings
from inboxwright.report.moments import moment
from inboxwright.report.records import encoded
from inboxwright.report.statistics import difference, p95, wilson
from tests.unit.report import sample


def test_merging_is_a_union_whatever_the_order_and_however_often(tmp_path: Path) -> None:
    for number in range(4):
        writer = sample.begin(tmp_path / f"{number}/results.jsonl", ["a", "b"], shard=f"{number + 1}/4")
        sample.record(writer, f"t{number}", shard=f"{number + 1}/4")
        sample.end(writer, shard=f"{number + 1}/4")
    files = find([tmp_path])
    histories_made = []
    for seed in range(3):
        shuffled = random.Random(seed).sample(files, len(files))
        history = tmp_path / f"history-{seed}.jsonl"
        for file in [*shuffled, shuffled[0]]:
            merge_into(history, read(file))
        histories_made.append(sorted(history.read_bytes().splitlines()))

    assert histories_made[0] == histories_made[1] == histories_made[2]
    assert len(histories_made[0]) == 4 * 3


def test_two_branches_of_the_history_are_merged_as_git_unites_lines(tmp_path: Path) -> None:
    ours, theirs = tmp_path / "ours.jsonl", tmp_path / "theirs.jsonl"
    for file, name in ((ours, "one"), (theirs, "two")):
        results = tmp_path / f"{name}/results.jsonl"
        sample.record(sample.begin(results, [name], run=name), name, run=name)
        merge_into(file, read(results))

    united = tmp_path / "united.jsonl"
    united.write_bytes(ours.read_bytes() + theirs.read_bytes() + ours.read_bytes())

    assert {run.run for run in runs(read(united))} == {"one", "two"}
    assert [(test.name, test.failed.of) for test in histories(read(united))] == [("one", 1), ("two", 1)]


def test_a_line_cut_off_by_death_is_skipped_and_does_not_swallow_the_next(tmp_path: Path) -> None:
    writer = sample.begin(tmp_path / "results.jsonl", ["a", "b"])
    sample.record(writer, "a")
    writer.path.write_bytes(writer.path.read_bytes() + b'{"kind":"test","te')
    history = tmp_path / "history.jsonl"
    merge_into(history, read(writer.path))
    history.write_bytes(history.read_bytes() + b'{"kind":')

    other = sample.begin(tmp_path / "other/results.jsonl", ["c"], run="bbbbbbbb")
    sample.record(other, "c", run="bbbbbbbb")
    merge_into(history, read(other.path))

    assert [line["test"] for line in read(history) if line["kind"] == "test"] == ["a", "c"]
    assert [line["run"] for line in read(history) if line["kind"] == "run"] == ["aaaaaaaa", "bbbbbbbb"]


def test_an_address_depends_on_the_content_alone() -> None:
    assert encoded({"kind": "end", "run": "a", "exit": 0}) != encoded({"kind": "end", "run": "a", "exit": 1})
    one, other = encoded({"kind": "end", "run": "a"}), encoded({"run": "a", "kind": "end", "id": "stale"})
    assert one[:25] == other[:25]


@pytest.mark.parametrize(
    ("count", "of", "low", "high"),
    # Newcombe 1998, table I, method 3 (Wilson without continuity correction).
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_gives_the_published_intervals(count: int, of: int, low: float, high: float) -> None:
    assert wilson(count, of) == pytest.approx((low, high), abs=0.00005)


def test_the_95th_percentile_interpolates() -> None:
    assert p95([30, 0, 20, 10]) == pytest.approx(28.5)
    assert p95([7]) == 7


@pytest.mark.parametrize(
    ("first", "second", "low", "high"),
    # Newcombe 1998, table II, method 10, its first cases; his differences are the first rate minus the second.
    [((48, 80), (56, 70), -0.3339, -0.0524), ((9, 10), (3, 10), 0.1705, 0.8090), ((5, 56), (0, 29), -0.0381, 0.1926)],
)
def test_a_difference_has_the_published_interval(
    first: tuple[int, int], second: tuple[int, int], low: float, high: float
) -> None:
    assert difference(second, first) == pytest.approx((low, high), abs=0.0001)


def _lines(outcomes: dict[str, str]) -> list[dict[str, object]]:
    return [
        {"kind": "test", "run": day, "project": "p", "test": "t", "outcome": outcome, "started": day, "duration": 2.0}
        for day, outcome in outcomes.items()
    ]


NOVEMBER = datetime(2026, 11, 1, tzinfo=UTC)


def test_before_and_after_a_moment() -> None:
    bad = {f"2026-10-{day:02}T02:00": "failed" if day % 2 else "flaky" for day in range(1, 31)}
    good = {f"2026-11-{day:02}T02:00": "passed" for day in range(1, 31)}

    (found,) = histories(_lines(bad | good), since=NOVEMBER)

    assert (found.change.before.count, found.change.before.of) == (30, 30)
    assert (found.change.after.count, found.change.after.of) == (0, 30)
    assert found.change.words == "better"
    assert (found.failed.count, found.flaky.count, found.failed.of) == (15, 15, 60)


def test_few_runs_tell_no_difference() -> None:
    (found,) = histories(_lines({"2026-10-30": "failed", "2026-11-02": "passed"}), since=NOVEMBER)

    assert found.change.words == "too few runs to tell"


def _nights(unsteady: int, of: int, month: int) -> list[dict[str, object]]:
    """Runs of three tests each, the first so many of them with one that was flaky."""
    lines: list[dict[str, object]] = []
    for number in range(of):
        started = f"2026-{month:02}-{number % 28 + 1:02}T{number // 28:02}:00:00.000+00:00"
        for test in "abc":
            outcome = "flaky" if number < unsteady and test == "b" else "passed"
            run = f"{month}-{number}"
            lines.append(
                {"kind": "test", "run": run, "project": "p", "test": test, "outcome": outcome, "started": started}
            )
    return lines


def test_the_suite_as_a_whole_tells_a_change_that_no_single_test_has() -> None:
    found = suite(_nights(9, 40, 10) + _nights(0, 80, 11), since=NOVEMBER)

    assert (str(found.runs.before), found.runs.words) == ("22.5% (12.3% to 37.5%)", "better")
    assert (found.tests.words, found.unsteady.count, found.unsteady.of) == ("better", 9, 120)
    assert (found.failed.count, found.flaky.count, found.flaky.of) == (0, 9, 360)


def test_a_suite_that_grew_worse_is_told_and_one_that_stayed_is_not() -> None:
    assert suite(_nights(0, 40, 10) + _nights(9, 40, 11), since=NOVEMBER).runs.words == "worse"
    assert suite(_nights(4, 40, 10) + _nights(5, 40, 11), since=NOVEMBER).runs.words == "too few runs to tell"


def test_a_history_is_cut_at_a_date_a_time_or_the_first_run_of_a_commit() -> None:
    starts = ("2026-11-03T02:00:00.000+00:00", "2026-11-02T02:00:00.000+00:00")
    lines = [{"kind": "run", "run": at, "commit": "0123456789abcdef", "started": at} for at in starts]

    assert moment("2026-11-01", lines) == NOVEMBER
    assert moment("2026-11-01T01:00+01:00", lines) == NOVEMBER
    assert moment("0123456789", lines) == datetime(2026, 11, 2, 2, tzinfo=UTC)


def test_a_commit_that_no_run_was_of_is_dated_by_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    as_me = ["-c", "user.name=n", "-c", "user.email=n@orchard.test"]
    for command in (["init", "-q"], [*as_me, "commit", "-q", "--allow-empty", "-m", "x", "--date", "2020-01-01"]):
        environ = os.environ | {"GIT_COMMITTER_DATE": "2026-11-01T00:00:00+00:00"}
        subprocess.run(["git", *command], check=True, env=environ)

    assert moment("HEAD", []) == NOVEMBER
    with pytest.raises(ConfigError, match=r"--since 'yesterday' is no date, no time and no commit"):
        moment("yesterday", [])


def test_timings_are_the_latest_of_tests_that_passed() -> None:
    lines = _lines({"2026-10-30": "passed", "2026-11-02": "failed"})
    lines[1]["duration"] = 99.0

    assert timings(lines) == {"t": 2.0}
