"""A test in quarantine runs, its failure is told, and it decides nothing; what failed in any shard runs again."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from inboxwright.cli import main
from inboxwright.report import build, load, summary
from tests.plugin.inner import Ran, run

HELD = """
import pytest

pytestmark = pytest.mark.quarantine(until="{until}", reason="issue 17")

def test_bad():
    assert 1 == 2, "the second mail is late"

@pytest.fixture
def broken():
    raise RuntimeError("no address")

def test_without_setup(broken):
    pass

def test_good():
    pass
"""


def _outcomes(ran: Ran) -> dict[str, str]:
    tests = load([ran.results / "results.jsonl"]).tests
    return {test.title: test.outcome for test in tests}


@pytest.mark.parametrize("more", [(), ("-n", "2"), ("-o", "xfail_strict=true")])
def test_a_failure_in_quarantine_decides_nothing_and_is_told(tmp_path: Path, more: tuple[str, ...]) -> None:
    ran = run(tmp_path, HELD.format(until="2999-01-01"), *more)

    assert ran.code == 0, ran.out
    assert _outcomes(ran) == {"test_bad": "quarantined", "test_without_setup": "quarantined", "test_good": "passed"}
    assert "test_inner.py::test_bad: quarantined until 2999-01-01: issue 17" in ran.out
    assert "2 quarantined" in ran.out
    report = load([ran.results / "results.jsonl"])
    assert report.verdict() == "All 1 tests passed. 2 failed in quarantine, which decide nothing."
    assert "the second mail is late" in build(report, tmp_path / "page").read_text()
    assert "| test_bad | quarantined |" in summary(report)


def test_a_quarantine_that_is_over_holds_nothing_back(tmp_path: Path) -> None:
    ran = run(tmp_path, HELD.format(until="2020-01-01"))

    assert ran.code == 1
    assert _outcomes(ran) == {"test_bad": "failed", "test_without_setup": "failed", "test_good": "passed"}
    assert "it ended on 2020-01-01: repair the test" in ran.out


@pytest.mark.parametrize("words", ['reason="x"', 'until="2999-01-01"', 'until="soon", reason="x"', '"2999-01-01", "x"'])
def test_a_quarantine_without_its_day_or_its_reason_is_refused(tmp_path: Path, words: str) -> None:
    ran = run(tmp_path, f"import pytest\n@pytest.mark.quarantine({words})\ndef test_a():\n    assert False\n")

    assert ran.code == pytest.ExitCode.USAGE_ERROR
    assert "test_inner.py::test_a: write quarantine(until=" in ran.out


def test_a_mark_of_that_name_in_a_suite_that_is_not_ours_means_what_it_meant(tmp_path: Path) -> None:
    (tmp_path / "e2e").mkdir()

    ran = run(
        tmp_path, "import pytest\n@pytest.mark.quarantine\ndef test_a():\n    assert False\n", config={"testDir": "e2e"}
    )

    assert ran.code == pytest.ExitCode.TESTS_FAILED


FOUR = """
import pytest

@pytest.mark.parametrize("number", range(4))
def test_one(number):
    assert number % 2 == 0
"""


def test_what_failed_in_any_shard_runs_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep = {"pytest.ini": "[pytest]\naddopts = -p no:playwright-asyncio\n"}
    for shard in ("1/2", "2/2"):
        run(tmp_path, FOUR, "--shard", shard, "--output", f"results-{shard[0]}", more=keep)
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(main, ["report", "results-1", "results-2", "--last-failed"])
    assert "last failed: 2 tests" in done.output

    again = run(tmp_path, FOUR, "--last-failed", more=keep)

    assert set(_outcomes(again)) == {"test_one[1]", "test_one[3]"}


def test_shards_of_one_run_of_a_ci_system_are_one_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("INBOXWRIGHT_RUN_ID", raising=False)
    monkeypatch.setenv("GITHUB_RUN_ID", "1234567")
    files = []
    for shard in ("1/2", "2/2"):
        run(tmp_path, FOUR, "--shard", shard, "--output", f"results-{shard[0]}")
        files.append(tmp_path / f"results-{shard[0]}" / "results.jsonl")

    report = load(files)

    assert len({key[0] for key in report.runs}) == 1
    assert {key[1] for key in report.runs} == {"1/2", "2/2"}
