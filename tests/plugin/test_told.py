"""What a run writes down of itself is what happened, however it went."""

import sys
from pathlib import Path

import pytest

from inboxwright.report import Report, load
from tests.plugin.inner import HELPERS, Ran, run

REPORT = {"reporter": [["html", {"outputFolder": "page"}]]}
FINE = """
    def test_fine():
        pass
"""


def reported(ran: Ran) -> Report:
    return load([ran.results / "results.jsonl"])


@pytest.mark.parametrize("more", [(), ("-n", "2")])
def test_a_file_that_cannot_be_collected_is_no_success(
    tmp_path: Path, more: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path))
    broken = {"test_broken.py": "import no_such_module\n"}
    config = {"reporter": [*REPORT["reporter"], "github"]}

    ran = run(tmp_path, FINE, "--continue-on-collection-errors", *more, config=config, more=broken)

    report = reported(ran)
    said = report.uncollected["test_broken.py"].headline
    assert report.verdict() == "The tests of test_broken.py could not be collected. All 1 tests passed."
    assert said == "ModuleNotFoundError: No module named 'no_such_module'"
    assert not report.good
    assert f"::error file=test_broken.py,title=::{said}" in ran.out
    assert "No module named &#39;no_such_module&#39;" in (tmp_path / "page/index.html").read_text()


def test_nothing_but_a_file_that_cannot_be_collected(tmp_path: Path) -> None:
    ran = run(tmp_path, "import no_such_module\n", "-n", "2", config=REPORT)

    assert reported(ran).verdict() == "The tests of test_inner.py could not be collected."


@pytest.mark.parametrize(
    ("hook", "said"),
    [
        ("pytest_runtest_logfinish(nodeid)", "ended in an internal error of pytest or a plugin"),
        ("pytest_sessionfinish(session)", "died"),
    ],
)
def test_an_error_of_a_plugin_is_told(tmp_path: Path, hook: str, said: str) -> None:
    breaks = f"{HELPERS}\ndef {hook}:\n    raise RuntimeError('the uploader broke')\n"

    report = reported(run(tmp_path, FINE, more={"conftest.py": breaks}))

    assert said in report.verdict()
    assert not report.good


def test_a_run_that_is_interrupted_says_so(tmp_path: Path) -> None:
    tests = """
        def test_one():
            pass

        def test_two():
            raise KeyboardInterrupt

        def test_three():
            pass
    """
    ran = run(tmp_path, tests)

    said = reported(ran).verdict()
    assert "was interrupted: 2 of 3 tests have no result; running then: test_inner.py::test_two." in said


@pytest.mark.parametrize("more", [(), ("-n", "2")])
def test_after_the_first_failure_the_rest_has_no_result(tmp_path: Path, more: tuple[str, ...]) -> None:
    tests = "import pytest\n@pytest.mark.parametrize('n', range(20))\ndef test_fails(n):\n    assert n < 0\n"

    report = reported(run(tmp_path, tests, "--maxfail=1", *more))

    assert report.failures
    assert report.died
    assert not report.good
    assert "tests have no result" in report.verdict()


def test_expected_failures_skips_and_broken_fixtures_are_told_apart(tmp_path: Path) -> None:
    tests = """
        import pytest

        @pytest.fixture
        def broken():
            raise RuntimeError("set-up")

        @pytest.fixture
        def leaks():
            yield
            raise RuntimeError("tear-down")

        @pytest.mark.xfail
        def test_xfails(): assert False

        @pytest.mark.xfail(strict=True)
        def test_passes_unexpectedly(): pass

        @pytest.mark.skip
        def test_is_skipped(): pass

        def test_skips(): pytest.skip("not today")

        def test_cannot_begin(broken): pass

        def test_cannot_end(leaks): pass
    """
    ran = run(tmp_path, tests)

    outcomes = {test.title: test.outcome for test in reported(ran).tests}
    assert outcomes == {
        "test_xfails": "skipped", "test_passes_unexpectedly": "failed", "test_is_skipped": "skipped",
        "test_skips": "skipped", "test_cannot_begin": "failed", "test_cannot_end": "failed",
    }  # fmt: skip


def test_a_worker_that_crashes_once_is_flaky_where_tests_are_retried(tmp_path: Path) -> None:
    tests = """
        import os, pathlib

        def test_crashes_once():
            tried = pathlib.Path("tried")
            if not tried.exists():
                tried.touch()
                os._exit(3)
    """
    ran = run(tmp_path, tests, "-n", "1", "--reruns", "1")

    (test,) = reported(ran).tests
    assert (test.outcome, test.attempts) == ("flaky", 2)
    assert "crashed while running" in test.headline


@pytest.mark.parametrize("more", [(), ("-n", "2")])
def test_a_test_marked_only_where_it_is_forbidden_is_refused_in_one_line(tmp_path: Path, more: tuple[str, ...]) -> None:
    tests = "import pytest\n@pytest.mark.only\ndef test_one(): pass\n"

    ran = run(tmp_path, tests, *more, config={"forbidOnly": True})

    assert ran.code != 0
    assert "forbidOnly is true, and marked `only`: test_inner.py::test_one; remove the marker" in ran.out
    assert "INTERNALERROR" not in ran.out


def test_half_a_surrogate_pair_ends_no_run(tmp_path: Path) -> None:
    tests = """
        def test_fails():
            raise ValueError("a file name: \\ud800")

        def test_after():
            pass
    """
    ran = run(tmp_path, tests, config=REPORT)

    assert "1 failed, 1 passed" in ran.out, ran.out
    assert "\\ud800" in (tmp_path / "page/index.html").read_text()


ALIKE = """
    import pytest

    @pytest.mark.parametrize("who", ["a b", "a-b", "\\u00e4/b", "x" * 300, "x" * 301])
    def test_each(page, new_inbox, send, who):
        inbox = new_inbox()
        send(inbox.address, subject=f"{len(who)}{who[:3]}")
        inbox.wait_for_message()
        page.set_content(f"<h1>{who}</h1>")
        assert False
"""


def test_tests_whose_names_make_one_file_name_share_no_folder(tmp_path: Path) -> None:
    home = tmp_path / "a folder of ünïcode"
    home.mkdir()

    ran = run(home, ALIKE, "-n", "2")

    report = reported(ran)
    subjects = {test.name: [path.read_text() for kind, path in test.files if kind == "eml"] for test in report.tests}
    assert len(subjects) == 5, ran.out
    assert all(len(mails) == 1 for mails in subjects.values())
    assert len({path.parent for test in report.tests for _, path in test.files}) == 5
    assert {"3a b", "3a-b"} <= {
        line[9:] for mails in subjects.values() for line in mails[0].splitlines() if "Subject" in line
    }
    assert all((path.parent / "trace.zip").exists() for test in report.tests for _, path in test.files)


def test_a_second_run_in_the_same_folder_is_refused_and_harms_nothing(tmp_path: Path) -> None:
    second = [sys.executable, "-m", "pytest", "-q", "test_inner.py"]
    tests = f"""
        import os, subprocess

        def test_first():
            if "SECOND" not in os.environ:
                done = subprocess.run({second}, env={{**os.environ, "SECOND": "1"}}, capture_output=True, text=True)
                print(done.stdout + done.stderr)
                assert done.returncode == 4
    """
    ran = run(tmp_path, tests, "-rP")

    assert ran.code == 0, ran.out
    assert "outputDir: another run is writing to" in ran.out
    assert reported(ran).verdict() == "All 1 tests passed."


def test_an_output_folder_that_cannot_be_made_is_named_before_anything_starts(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")

    ran = run(tmp_path, FINE, "--output", "taken/results")

    assert ran.code == pytest.ExitCode.USAGE_ERROR
    assert "taken/results cannot be written (Not a directory)" in ran.out
    assert "INTERNALERROR" not in ran.out


def test_results_that_can_no_longer_be_written_stop_no_test(tmp_path: Path) -> None:
    tests = """
        import pathlib

        def test_fills_the_disk():
            results = pathlib.Path("test-results/results.jsonl")
            results.unlink()
            results.mkdir()

        def test_after():
            pass
    """
    ran = run(tmp_path, tests)

    assert "2 passed" in ran.out
    assert "inboxwright: not all results could be written: " in ran.out


def test_a_page_that_cannot_be_written_costs_no_result(tmp_path: Path) -> None:
    (tmp_path / "page").write_text("a file")

    ran = run(tmp_path, FINE, config=REPORT)

    assert "1 passed" in ran.out
    assert ran.code == 0
    assert "the report could not be written" in ran.out


def test_a_mail_that_is_older_than_its_wait_took_nobody_knows_how_long(tmp_path: Path) -> None:
    tests = """
        def test_waits(new_inbox, send):
            inbox = new_inbox()
            send(inbox.address)
            inbox.messages()
            inbox.wait_for_message()
    """
    ran = run(tmp_path, tests)

    (test,) = reported(ran).tests
    assert [(wait["outcome"], wait["took"]) for wait in test.waits] == [("arrived", None)]
    assert "mail: " not in ran.out


def test_a_report_that_is_switched_off_costs_no_evidence(tmp_path: Path) -> None:
    ran = run(tmp_path, "def test_fails(new_inbox):\n    assert new_inbox() is None\n", "-p", "no:junitxml")

    assert "1 failed" in ran.out
    assert "evidence is incomplete" not in ran.out
