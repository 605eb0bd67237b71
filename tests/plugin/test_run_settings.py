"""Retries, time limits, selection, shards, workers and the terminal, in suites of their own."""

import json
import re
from pathlib import Path

import pytest
from PIL import Image

from tests.plugin.inner import run

FLAKY = """
    import os, pathlib

    def test_flaky(new_inbox, send):
        mark = pathlib.Path("tried")
        inbox = new_inbox()
        with inbox.expect_message():
            send(inbox.address)
        if not mark.exists():
            mark.touch()
            raise AssertionError("only the first time")

    def test_steady():
        pass
"""


def test_a_flaky_test_is_reported_as_flaky_and_never_as_passed(tmp_path: Path) -> None:
    ran = run(tmp_path, FLAKY, "--reruns", "1")

    assert re.search(r"1 passed, 1 flaky, 1 rerun|1 passed, 1 rerun, 1 flaky", ran.out), ran.out
    assert "passed on attempt 2; before: AssertionError: only the first time" in ran.out
    assert ran.code == 0
    outcomes = {line["test"]: line["outcome"] for line in ran.lines() if line["kind"] == "test"}
    assert outcomes == {"test_inner.py::test_flaky": "flaky", "test_inner.py::test_steady": "passed"}
    assert "mail: 2 waits; median" in ran.out


def test_a_flaky_test_fails_the_run_if_that_is_asked_for(tmp_path: Path) -> None:
    ran = run(tmp_path, FLAKY, "--fail-on-flaky-tests", "-n", "2", config={"retries": 1})

    assert ran.code == 1
    assert "1 flaky" in ran.out


def test_retries_are_0(tmp_path: Path) -> None:
    ran = run(tmp_path, FLAKY)

    assert "1 failed, 1 passed" in ran.out


def test_a_test_that_hangs_fails_with_its_evidence(tmp_path: Path) -> None:
    ran = run(
        tmp_path,
        """
        def test_hangs(page):
            page.goto("data:text/html,<h1>Here</h1>")
            page.get_by_text("Never").click(timeout=60000)

        def test_after(page):
            page.goto("data:text/html,<title>Fine</title>")
            assert page.title() == "Fine"
        """,
        config={"timeout": 4000},
    )

    assert "1 failed, 1 passed" in ran.out
    assert "Timeout (>4.0s)" in ran.out
    assert (ran.folder("test-hangs") / "page-1.png").exists()


SELECTION = """
    import pytest

    @pytest.mark.smoke
    def test_one(): ...
    def test_two(): ...
    def test_three(): ...
    def test_four(): ...
"""
MARKED = SELECTION.replace("    def test_two", "    @pytest.mark.only\n    def test_two")


def test_grep_sees_names_and_tags(tmp_path: Path) -> None:
    more = {"grep": "@smoke|three", "grepInvert": "thr"}

    assert "1 passed, 3 deselected" in run(tmp_path, SELECTION, "-W", "ignore", config=more).out


def test_only_is_run_alone_and_refused_where_it_is_forbidden(tmp_path: Path) -> None:
    assert "1 passed, 3 deselected" in run(tmp_path, MARKED, "-W", "ignore").out

    ran = run(tmp_path, MARKED, "-W", "ignore", config={"forbidOnly": True})
    assert "marked `only`: test_inner.py::test_two; remove the marker" in ran.out
    assert ran.code == 4


def test_shards_are_disjoint_and_complete(tmp_path: Path) -> None:
    seen: list[str] = []
    for number in (1, 2, 3):
        (tmp_path / str(number)).mkdir()
        ran = run(tmp_path / str(number), SELECTION, "-W", "ignore", "--shard", f"{number}/3", "-n", "2")
        seen += [str(line["test"]) for line in ran.lines() if line["kind"] == "test"]

    assert sorted(seen) == sorted(f"test_inner.py::test_{name}" for name in ("one", "two", "three", "four"))
    assert "--shard must be like 2/4" in run(tmp_path, SELECTION, "--shard", "5/4").out


def test_workers_and_reporters_come_from_the_configuration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path.parent))
    reporters = [["junit", {"outputFile": "out/junit.xml"}], "github", ["html", {"outputFolder": "out/page"}]]
    ran = run(tmp_path, FLAKY, config={"workers": 2, "reporter": reporters})

    assert "2 workers" in ran.out
    assert (tmp_path / "out/junit.xml").exists()
    assert "1 of 2 tests failed" in (tmp_path / "out/page/index.html").read_text()
    assert (
        f"::error file={tmp_path.name}/test_inner.py,title=test_flaky::AssertionError: only the first time" in ran.out
    )


def test_a_long_wait_is_told_of_while_it_lasts(tmp_path: Path) -> None:
    ran = run(
        tmp_path,
        """
        def test_late(new_inbox, send):
            inbox = new_inbox()
            with inbox.expect_message(subject="Late", timeout=6500):
                send(inbox.address, subject="Another")
        """,
        "-n",
        "1",
    )

    assert re.search(r"waiting for mail to late-\S+ [56] s, 1 other arrived", ran.out), ran.out


def test_the_log_tells_every_step_and_no_secret(tmp_path: Path) -> None:
    ran = run(
        tmp_path,
        """
        def test_steps(user, send):
            user.page.goto("data:text/html,<h1>Here</h1>")
            with user.inbox.expect_message() as mail:
                send(user.inbox.address, subject="Your code is 482913")
            mail.value.code()
            assert False
        """,
        "--log-level",
        "INFO",
    )

    assert "browser 1: reached data:text/html" in ran.out
    assert re.search(r"mail 'Your code is \S+' from app@app.test to steps-", ran.out)
    assert "waiting up to 30000 ms for mail" in ran.out
    assert "arrived: mail to steps-" in ran.out
    assert "482913" not in ran.out.replace('subject="Your code is 482913"', "")


def test_a_trace_is_kept_of_the_first_retry_alone(tmp_path: Path) -> None:
    ran = run(
        tmp_path,
        """
        def test_fails(page):
            page.goto("data:text/html,<h1>Here</h1>")
            raise AssertionError
        """,
        config={"retries": 2, "use": {"trace": "on-first-retry"}},
    )

    kept = sorted(str(path.parent.name) for path in ran.results.rglob("trace.zip"))
    assert kept == ["test-inner-py-test-fails-chromium-retry1"]


def test_nothing_is_written_of_other_suites(tmp_path: Path) -> None:
    ran = run(tmp_path, SELECTION, "-W", "ignore", "test_inner.py", config={"testDir": "elsewhere"})

    assert ran.code == 0
    assert not ran.results.exists()


def test_what_use_says_of_contexts_pictures_and_videos_is_done(tmp_path: Path) -> None:
    tests = """
        import json

        def test_fails(page, browser_context_args, new_context, pytestconfig):
            pytestconfig.option.video = "on"
            made = []
            type(page.context.browser).new_context = lambda self, **options: made.append(options)
            try:
                new_context()
            except Exception:
                pass
            with open("options.json", "w") as file:
                json.dump(made[0], file, default=str)
            page.set_content("<div style='height: 3000px'>Long</div>")
            assert False
    """
    use = {
        "acceptDownloads": False,
        "javaScriptEnabled": False,
        "screenshot": {"mode": "only-on-failure", "fullPage": True},
        "video": {"mode": "off", "size": {"width": 320, "height": 240}},
    }

    ran = run(tmp_path, tests, config={"use": use})

    given = json.loads((tmp_path / "options.json").read_text())
    assert (given["accept_downloads"], given["java_script_enabled"]) == (False, False)
    assert given["record_video_size"] == {"width": 320, "height": 240}
    with Image.open(ran.folder("test-fails") / "test-failed-1.png") as picture:
        assert picture.height >= 3000


def test_a_missing_variable_stops_neither_other_tests_nor_the_search_for_tests(tmp_path: Path) -> None:
    (tmp_path / "e2e").mkdir()
    (tmp_path / "unit").mkdir()
    config = {"testDir": "e2e", "use": {"baseURL": "${NOPE}"}}
    more = {"unit/test_unit.py": "def test_unit(): pass\n", "e2e/test_e2e.py": "def test_e2e(page): pass\n"}

    for fine in ("unit -n 1", "--collect-only", "--fixtures"):
        ran = run(tmp_path, SELECTION, "-W", "ignore", *fine.split(), config=config, more=more)
        assert ran.code == 0, ran.out
    for wanting in ("", "unit e2e/test_e2e.py::test_e2e"):
        ran = run(tmp_path, SELECTION, *wanting.split(), config=config, more=more)
        assert ran.code == pytest.ExitCode.USAGE_ERROR, ran.out
        assert "the environment variable NOPE is not set" in ran.out


def test_other_tests_are_told_what_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "unit").mkdir()
    more = {"unit/test_unit.py": "def test_unit(): pass\n"}

    ran = run(tmp_path, SELECTION, "unit", config={"testDir": "e2e", "no": "such key"}, more=more)

    assert ran.code == 0
    assert (
        "nothing is started, and this is to be put right before it can be: playwright.config.json:1: no: is" in ran.out
    )
