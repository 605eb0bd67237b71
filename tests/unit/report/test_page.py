"""The page, the summary and the words in them."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from PIL import Image

from inboxwright import Message, NoMatch
from inboxwright.cli import main
from inboxwright.report import build, find, load, read, summary
from inboxwright.report.causes import cause
from inboxwright.report.history import runs
from inboxwright.report.latency import latencies
from inboxwright.report.timeline import Event, as_svg, as_text
from tests.unit.report import sample

WAITS = [
    {"journey": "sign_up", "wanted": "", "outcome": "arrived", "waited": 3.0, "took": took} for took in (40.0, 90.0)
]


@pytest.fixture
def results(tmp_path: Path) -> Path:
    """Two shards; one failed a test with pictures and had a flaky one, the other died in its second test."""
    one = sample.begin(tmp_path / "1/results.jsonl", ["t::ok", "t::bad", "t::shaky"], shard="1/2")
    for name in ("page", "mail"):
        Image.new("RGB", (1600, 900), "white").save(tmp_path / f"1/{name}-1.png")
    (tmp_path / "1/mail-1.eml").write_text("Subject: x\n\n")
    sample.record(one, "t::ok", shard="1/2", waits=WAITS)
    events = [{"at": 0.5, "lane": "mail", "text": "'<b>' came", "lasted": 0.0, "bad": False}]
    files = [["page", "page-1.png"], ["mail", "mail-1.png"], ["eml", "mail-1.eml"]]
    bad: dict[str, Any] = {
        "verdict": "nothing arrived",
        "headline": "nothing arrived: no <mail>",
        "files": files,
        "events": events,
    }
    sample.record(one, "t::bad", "failed", shard="1/2", **bad)
    sample.record(one, "t::shaky", "flaky", shard="1/2", attempts=2, headline="AssertionError: once")
    sample.end(one, shard="1/2")
    two = sample.begin(tmp_path / "2/results.jsonl", ["t::first", "t::second", "t::third"], shard="2/2")
    sample.record(two, "t::first", shard="2/2")
    two.write(
        "begin", run="aaaaaaaa", shard="2/2", project="staging", provider="mailpit", test="t::second", at=sample.FIRST
    )
    return tmp_path


def test_the_verdict_says_what_failed_and_which_shard_died(results: Path) -> None:
    report = load([results / "1/results.jsonl", results / "2/results.jsonl"])

    assert report.verdict() == (
        "1 of 4 tests failed: 1 because the mail did not arrive in time. 1 was flaky: failed first, passed on a retry. "
        "The run aaaaaaaa, shard 2/2 died: 2 of 3 tests have no result; running then: t::second."
    )
    assert not report.good


def test_all_is_well(tmp_path: Path) -> None:
    writer = sample.begin(tmp_path / "results.jsonl", ["t::a"])
    sample.record(writer, "t::a")
    sample.end(writer)

    report = load([writer.path])
    assert report.verdict() == "All 1 tests passed."
    assert report.good
    assert load([]).verdict() == "No test left a result."
    assert not load([]).good


def test_all_skipped_and_an_internal_error_are_said(tmp_path: Path) -> None:
    writer = sample.begin(tmp_path / "results.jsonl", ["t::a"])
    sample.record(writer, "t::a", "skipped")
    sample.end(writer, exit=3)

    report = load([writer.path])
    assert report.verdict() == (
        "All 1 tests were skipped. "
        "The run aaaaaaaa ended in an internal error of pytest or a plugin, which its log has."
    )
    assert not report.good


def test_a_run_that_was_downloaded_twice_is_counted_once(results: Path, tmp_path: Path) -> None:
    shutil.copytree(results / "1", results / "again")
    lines = list(read(*find([results])))

    report = load(find([results]))

    assert len(report.tests) == 4
    assert [run.failed for run in runs(lines)] == [1]


def test_pictures_that_are_broken_or_very_high_cost_no_report(results: Path, tmp_path: Path) -> None:
    (results / "1/page-1.png").write_bytes((results / "1/page-1.png").read_bytes()[:200])
    Image.new("RGB", (820, 16_384), "white").save(results / "1/mail-1.png")
    (results / "1/mail-1.eml").unlink()

    page = build(load([results / "1/results.jsonl"]), tmp_path / "out").read_text()

    assert page.count("data:image/webp;base64") == 1
    assert "mail-1.eml" not in page


def test_a_folder_that_cannot_be_written_is_named(results: Path, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")

    done = CliRunner().invoke(main, ["report", str(results), "--output", str(tmp_path / "taken/page")])

    assert done.exit_code == 1
    assert "taken/page: Not a directory; name another" in done.output


def test_the_page_is_one_file_that_fetches_nothing(results: Path, tmp_path: Path) -> None:
    report = load([results / "1/results.jsonl", results / "2/results.jsonl"])

    page = build(report, tmp_path / "out").read_text()

    assert not re.search(r"""(src|href)=["']?(https?:)?//""", page)
    assert page.count("data:image/webp;base64") == 2
    assert "nothing arrived: no &lt;mail&gt;" in page
    assert "prefers-color-scheme:dark" in page
    link = re.search(r'href="(data/[^"]+/mail-1\.eml)"', page)
    assert link
    assert (tmp_path / "out" / link[1]).exists()
    assert "65 ms" in page


def test_the_command_builds_page_history_timings_and_summary(results: Path, tmp_path: Path) -> None:
    names = ("out", "history.jsonl", "timings.json", "summary.md")
    out, history, timings, words = (str(tmp_path / name) for name in names)
    more = ["--output", out, "--history", history, "--timings", timings, "--summary", words, "--check"]

    done = CliRunner().invoke(main, ["report", str(results), *more])

    assert done.exit_code == 1
    assert "1 of 4 tests failed" in done.output
    assert '"t::ok": 1.5' in Path(timings).read_text()
    assert (
        "| bad | failed | the mail did not arrive in time: nothing arrived: no &lt;mail> |" in Path(words).read_text()
    )
    assert (
        "is no date, no time and no commit"
        in CliRunner().invoke(main, ["report", str(results), "--since", "yesterday"]).output
    )


def test_a_silence_that_was_expected_is_no_mail_that_did_not_come(tmp_path: Path) -> None:
    writer = sample.begin(tmp_path / "results.jsonl", ["t::a"])
    silence = {"journey": "sign_up", "wanted": "", "outcome": "silence", "waited": 500.0, "took": None}
    missing = {**silence, "outcome": "nothing arrived"}
    older = {**silence, "outcome": "arrived"}
    sample.record(writer, "t::a", waits=[*WAITS, silence, missing, older])

    (found,) = latencies(load([writer.path]).tests)

    assert (len(found.took), found.without) == (2, 1)


def test_the_summary_has_the_times_of_mail(results: Path) -> None:
    assert "| sign_up | mailpit | 2 | 65 ms | 88 ms |" in summary(load([results / "1/results.jsonl"]))


@pytest.mark.parametrize(
    ("outcome", "verdict", "text", "words"),
    [
        ("crashed", None, "", "the worker process died"),
        ("failed", "the provider is unreachable", "", "the mail provider could not be reached"),
        ("failed", None, "Page.goto: net::ERR_CONNECTION_REFUSED at", "the application could not be reached"),
        ("failed", None, "Timeout (>60.0s) from pytest-timeout.", "the test took longer than it may"),
        ("failed", None, "AssertionError: Locator expected to be visible", "an assertion did not hold"),
        ("failed", None, "the inbox server at x refuses the token", "the mail provider refused the credentials"),
        ("failed", None, "ValueError: x", "of another error"),
        ("failed", None, "ValueError: x\nlink(text='y'): z", "of another error"),
    ],
)
def test_causes_in_words(outcome: str, verdict: str | None, text: str, words: str) -> None:
    assert cause(outcome, verdict, text) == words


@pytest.mark.parametrize("ask", [Message.link, Message.code])
def test_a_mail_without_the_wanted_link_or_code_is_a_cause(ask: Callable[[Message], object]) -> None:
    with pytest.raises(NoMatch) as refused:
        ask(Message.parse(b"Subject: Hello\r\n\r\nHello.\r\n"))

    assert cause("failed", None, str(refused.value)) == "the mail had no one right link or code"


def test_a_timeline_is_drawn_on_one_axis() -> None:
    events = [
        Event(at=1.0, lane="wait", text="mail awaited", lasted=2.0, bad=True),
        Event(at=0.2, lane="browser", text='reached <"x">'),
        Event(at=2.5, lane="mail", text="came"),
    ]

    drawing = as_svg(events)

    assert drawing.count('class="wait bad"') == 1
    assert ">0.02 s</text>" in as_svg([Event(at=0.13, lane="mail", text="came")])
    assert "reached &lt;&quot;x&quot;&gt;" in drawing
    assert [line.split()[2].strip("!") or line.split()[3] for line in as_text(events).splitlines()] == [
        "browser", "wait", "mail",
    ]  # fmt: skip
