"""The history: one file that merges without conflict and survives a run that dies."""

import random
from pathlib import Path

import pytest

from inboxwright.report import find, merge_into, read
from inboxwright.report.history import histories, runs, timings
from inboxwright.report.records import encoded
from inboxwright.report.statistics import median, quantile, wilson
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


def test_quantiles_interpolate() -> None:
    assert median([4, 1, 3, 2]) == 2.5
    assert quantile([0, 10, 20, 30], 0.95) == pytest.approx(28.5)
    assert quantile([7], 0.95) == 7


def _lines(outcomes: dict[str, str]) -> list[dict[str, object]]:
    return [
        {"kind": "test", "run": day, "project": "p", "test": "t", "outcome": outcome, "started": day, "duration": 2.0}
        for day, outcome in outcomes.items()
    ]


def test_before_and_after_a_date() -> None:
    bad = {f"2026-10-{day:02}T02:00": "failed" if day % 2 else "flaky" for day in range(1, 31)}
    good = {f"2026-11-{day:02}T02:00": "passed" for day in range(1, 31)}

    (found,) = histories(_lines(bad | good), since="2026-11-01")

    assert (found.before.count, found.before.of, found.after.count, found.after.of) == (30, 30, 0, 30)
    assert found.changed == "better"
    assert (found.failed.count, found.flaky.count, found.failed.of) == (15, 15, 60)


def test_few_runs_tell_no_difference() -> None:
    (found,) = histories(_lines({"2026-10-30": "failed", "2026-11-02": "passed"}), since="2026-11-01")

    assert found.changed == "no change that these runs can tell"


def test_timings_are_the_latest_of_tests_that_passed() -> None:
    lines = _lines({"2026-10-30": "passed", "2026-11-02": "failed"})
    lines[1]["duration"] = 99.0

    assert timings(lines) == {"t": 2.0}
