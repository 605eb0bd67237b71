"""Two suites that run in turn are told apart by their failures, with what chance allows for."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from inboxwright.cli import main
from inboxwright.report.compare import Comparison, Suite, Turn

FLAKY = """
from pathlib import Path

def test_one_in_five():
    count = Path(__file__).with_name("count")
    number = int(count.read_text()) + 1 if count.exists() else 1
    count.write_text(str(number))
    assert number % 5

def test_good():
    pass
"""
GOOD = "def test_one():\n    pass\n\ndef test_two():\n    pass\n"


@pytest.fixture
def suites(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    for name, text in (("old", FLAKY), ("new", GOOD)):
        (tmp_path / name).mkdir()
        (tmp_path / name / f"test_{name}.py").write_text(text)
    return tmp_path


def test_a_flake_of_one_in_five_is_told_apart_with_30_runs(suites: Path) -> None:
    python = "python -m pytest -p no:cacheprovider"

    done = CliRunner().invoke(main, ["compare", "--old", f"{python} old", "--new", f"{python} new", "--runs", "30"])

    rows = {line.partition("  ")[0]: line for line in done.output.splitlines()}
    assert "20.0% (9.5% to 37.3%)" in rows["runs that failed"], done.output
    assert rows["runs that failed"].endswith("better")
    assert "10.0% (4.7% to 20.1%)" in rows["results that were flakes"]
    page = (suites / "compare.html").read_text()
    assert "Runs that failed: 6 of 30 before, 0 of 30 now: better" in page
    assert "test_one_in_five</td><td>failed in 6 of 30 runs" in page


def test_the_two_take_turns_and_change_places(suites: Path) -> None:
    python = "python -m pytest -p no:cacheprovider"

    done = CliRunner().invoke(main, ["compare", "--old", f"{python} new", "--new", f"{python} new", "--runs", "2"])

    assert [line.split()[1] for line in done.output.splitlines()[:4]] == ["old:", "new:", "new:", "old:"]
    assert "too few runs to tell" in done.output


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("no-such-program x", "--old: no-such-program cannot be run"),
        ("python -m pytest nowhere", "--old ended with exit code 4"),
    ],
)
def test_a_command_that_gives_no_result_is_named(suites: Path, command: str, said: str) -> None:
    done = CliRunner().invoke(main, ["compare", "--old", command, "--new", "python -m pytest new"])

    assert done.exit_code == 1
    assert said in done.output


def test_a_test_that_never_passes_is_broken_and_no_flake() -> None:
    turns = [Turn(seconds=1.0, code=1, passed=frozenset({"a"}), failed=frozenset({"b"})) for _ in range(30)]
    suite = Suite(command="pytest", turns=turns)

    found = Comparison(old=suite, new=suite)

    assert (suite.broken, suite.flaky, suite.flakes.count) == (["b"], [], 0)
    assert found.runs.words == "too few runs to tell"
