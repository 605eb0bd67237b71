"""Installed and not used, the plugin changes nothing; it comes in as soon as a fixture of its own is met."""

import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest

PLAIN = """
    import sys

    def test_passes(page):
        assert page.evaluate("1 + 1") == 2

    def test_fails(page):
        raise ValueError("on purpose")

    def test_nothing_else_is_imported():
        ours = {name.split(".")[1] for name in sys.modules if name.startswith("inboxwright.")}
        assert not ours & {"inbox", "mail", "providers", "report", "server", "user", "identity", "checks"}
        assert "inboxwright.plugin._run" not in sys.modules
"""
WITHOUT_CONFIGURATION = """
    import pytest

    CODE = "".join(reversed("319284"))

    @pytest.fixture
    def joined(new_inbox):
        return new_inbox()

    def test_plain(page):
        raise ValueError("a plain failure")

    def test_named(page, inbox):
        page.set_content("<h1>Named</h1>")
        raise ValueError("a failure of ours")

    def test_by_a_fixture_of_the_suite(joined):
        assert joined.address

    def test_asked_for(request):
        inbox = request.getfixturevalue("inbox")
        request.getfixturevalue("page").set_content("<h1>Asked for</h1>")
        raise ValueError("another failure of ours")
"""
ROUTED = """
    import smtplib

    import pytest

    def walk(page, inbox, provider):
        def sign_up(route):
            with smtplib.SMTP(*provider.smtp_address) as smtp:
                smtp.sendmail("app@app.example", inbox.address, "Subject: Confirm\\n\\nYour code is 482913\\n")
            route.fulfill(body="sent")

        page.route("http://app.example/", lambda route: route.fulfill(content_type="text/html", body="<h1>Join</h1>"))
        page.route("**/sign-up", sign_up)
        page.goto("http://app.example/")
        with inbox.expect_message(timeout=8000) as mail:
            page.evaluate("() => { setTimeout(() => fetch('/sign-up'), 100) }")
        assert mail.value.code() == "482913"

    def test_inbox_before_the_page(request, provider):
        inbox = request.getfixturevalue("new_inbox")()
        walk(request.getfixturevalue("page"), inbox, provider)

    def test_inbox_named_and_page_asked_for(new_inbox, request, provider):
        inbox = new_inbox()
        walk(request.getfixturevalue("page"), inbox, provider)
"""


def _run(root: Path, tests: str, *args: str, configuration: str | None = None) -> str:
    (root / "pytest.ini").write_text("[pytest]\naddopts = -p no:playwright-asyncio -p no:cacheprovider\n")
    (root / "test_inner.py").write_text(dedent(tests))
    if configuration is not None:
        (root / "playwright.config.json").write_text(configuration)
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *args], cwd=root, capture_output=True, text=True, timeout=120, check=False
    )
    return done.stdout + done.stderr


@pytest.mark.parametrize("workers", [(), ("-n", "1")])
def test_a_suite_without_configuration_and_fixtures_of_ours_runs_as_without_the_plugin(
    tmp_path: Path, workers: tuple[str, ...]
) -> None:
    out = _run(tmp_path, PLAIN, *workers)

    assert "1 failed, 2 passed" in out, out
    assert not [path for path in tmp_path.rglob("*") if path.is_file() and "test-results" in str(path)]
    assert "- evidence -" not in out
    assert "inboxwright: " not in out
    assert "def test_fails(page):" in out, "the traceback is pytest's own"


def test_a_fixture_of_ours_brings_the_plugin_in_without_a_configuration(tmp_path: Path) -> None:
    out = _run(tmp_path, WITHOUT_CONFIGURATION)

    assert "3 failed, 1 passed" in out, out
    folders = {path.parent.name for path in tmp_path.rglob("page-1.png")}
    named = {name.partition("-chromium")[0].removeprefix("test-inner-py-test-") for name in folders}
    assert named == {"named", "asked-for"}


def test_waiting_serves_the_routes_of_a_page_that_came_after_the_inbox(tmp_path: Path) -> None:
    out = _run(tmp_path, ROUTED, configuration='{"inbox": {"provider": "embedded"}}')

    assert "2 passed" in out, out
