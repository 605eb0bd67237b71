"""The report as a person sees it in a browser."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page, expect, sync_playwright

from inboxwright import report
from inboxwright.browser import find_browser
from tests.unit.report import sample

SAID = (
    "nothing arrived: no mail with subject='Confirm your email' to sign-up-x7w4@inbox.test within 30000 ms\n  Next: …"
)
EVENTS = [{"at": 0.5, "lane": "wait", "text": "mail awaited", "lasted": 30.0, "bad": True}]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of a night with three failures, one flaky test and 200 that passed."""
    folder = tmp_path_factory.mktemp("night")
    writer = sample.begin(folder / "results.jsonl", ["t"])
    for name in ("page", "mail"):
        Image.new("RGB", (1280, 720), "white").save(folder / f"{name}-1.png")
    page, mail = ["page", "page-1.png"], ["mail", "mail-1.png"]
    for number, files in enumerate(([page, mail], [page], [page, mail])):
        more: dict[str, Any] = {"files": files, "events": EVENTS, "headline": SAID, "details": "Traceback"}
        sample.record(writer, f"e2e/test_bad.py::test_bad_{number}", "failed", **more)
    sample.record(writer, "e2e/test_shaky.py::test_shaky", "flaky", attempts=2, headline="AssertionError")
    for number in range(200):
        sample.record(writer, f"e2e/test_good.py::test_good_{number}")
    sample.end(writer)
    return report.build(report.load([writer.path]), folder / "page", lines=list(report.read(writer.path)))


@pytest.fixture(scope="module")
def opened(index: Path) -> Iterator[Page]:
    """The page at 1280 by 800."""
    with sync_playwright() as playwright:
        path = find_browser("chromium", channel=None, headless=True)
        browser = playwright.chromium.launch(executable_path=path)
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.goto(index.as_uri())
        yield page
        browser.close()


def test_three_failures_fit_two_screens(opened: Page) -> None:
    last = opened.locator("article").nth(2).bounding_box()

    assert last is not None
    assert last["y"] + last["height"] <= 2 * 800


def test_a_failure_without_a_mail_has_no_empty_pane_for_one(opened: Page) -> None:
    expect(opened.locator("article").nth(0).get_by_alt_text("The mail")).to_have_count(1)
    expect(opened.locator("article").nth(1).get_by_alt_text("The mail")).to_have_count(0)
    expect(opened.get_by_text("no mail arrived")).to_have_count(0)


def test_the_list_of_all_tests_is_filtered_by_outcome_and_by_name(opened: Page) -> None:
    rows = opened.locator("tr[data-is]").locator("visible=true")
    expect(rows).to_have_count(204)

    opened.get_by_label("passed 200").check()
    opened.get_by_placeholder("part of a name").fill("good_19 TEST_GOOD")

    expect(rows).to_have_count(11)
    opened.get_by_label("failed 3").check()
    expect(rows).to_have_count(0)


def test_a_picture_is_shown_whole_when_it_is_clicked(opened: Page) -> None:
    picture = opened.get_by_alt_text("The page when").first
    before = picture.bounding_box()

    picture.click()

    after = picture.bounding_box()
    assert before
    assert after
    assert before["height"] < 150 < 500 < after["height"]
