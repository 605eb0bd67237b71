"""The output folder is emptied at the start of a run, so it must be one that runs made."""

import re
from pathlib import Path

import pytest

from tests.plugin.inner import Ran, run

FINE = """
    def test_fine():
        pass
"""


def _project(root: Path) -> tuple[Path, set[Path]]:
    """A project in a folder of its own beside somebody else's files, and all files that must still be there."""
    suite = root / "team" / "suite"
    for name in ("notes.txt", ".git/HEAD", "e2e/test_more.py", "../beside/thesis.txt"):
        path = suite / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("def test_more(): pass\n" if name.endswith(".py") else "kept by hand")
    (root / "team" / "link").symlink_to(suite, target_is_directory=True)
    return suite, {path for path in root.rglob("*") if path.is_file()}


def _refused(ran: Ran, kept: set[Path]) -> None:
    assert ran.code == pytest.ExitCode.USAGE_ERROR, ran.out
    assert re.search(r"^ERROR: .*outputDir: ", ran.out, re.MULTILINE), ran.out
    assert kept <= {path for path in kept if path.is_file()}


@pytest.mark.parametrize("output", [".", "..", "e2e", "../link", "../beside", "../../team", "{home}", "{suite}"])
@pytest.mark.parametrize("by", ["option", "addopts", "file", "environment"])
def test_a_folder_that_holds_what_no_run_made_is_refused_and_nothing_is_touched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, output: str, by: str
) -> None:
    suite, kept = _project(tmp_path)
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    value = output.format(home=home, suite=suite)
    if by == "environment":
        monkeypatch.setenv("INBOXWRIGHT_OUTPUT_DIR", value)
    ini = "[pytest]\naddopts = -p no:playwright-asyncio -p no:cacheprovider"
    more = {"pytest.ini": f"{ini} --output {value}\n" if by == "addopts" else f"{ini}\n"}
    config = {"outputDir": value} if by == "file" else None

    # pytest takes the option's value for a path as well, and looks for its ini file from there.
    args = ["-p", "no:playwright-asyncio", "--output", value] if by == "option" else []

    ran = run(suite, FINE, *args, config=config, more=more)

    _refused(ran, kept)


def test_one_file_of_somebody_elses_keeps_an_older_results_folder_as_it_is(tmp_path: Path) -> None:
    for name in ("results.jsonl", "test-a/trace.zip", "test-a/my-notes.txt"):
        path = tmp_path / "test-results" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()

    ran = run(tmp_path, FINE)

    _refused(
        ran, {tmp_path / "test-results" / "test-a" / "my-notes.txt", tmp_path / "test-results" / "test-a" / "trace.zip"}
    )
    assert "holds test-a/my-notes.txt, which no run made; move that away, or name another folder" in ran.out


def test_an_older_results_folder_without_a_marker_goes_on_working(tmp_path: Path) -> None:
    older = (
        "results.jsonl",
        "junit.xml",
        "webserver-demo.log",
        "test-a/trace.zip",
        "test-a/mail-1.eml",
        "test-b/page-2.png",
    )
    for name in older:
        path = tmp_path / "test-results" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()

    ran = run(tmp_path, FINE)

    assert ran.code == 0, ran.out
    assert not (ran.results / "test-a").exists()


def test_a_folder_that_a_run_made_is_emptied_by_the_next_whatever_tests_put_there(tmp_path: Path) -> None:
    first = run(tmp_path, FINE)
    (first.results / "mine.csv").write_text("1,2")

    second = run(tmp_path, FINE)

    assert second.code == 0, second.out
    assert not (second.results / "mine.csv").exists()
