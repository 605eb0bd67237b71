"""A failure names what there is to look at, and a run that starts nothing says so."""

import re
import sys
from pathlib import Path

import pytest

from tests.plugin.inner import Ran, run

APP = """
import http.server, os

print("application: no mail server was given", flush=True)
here = ("127.0.0.1", int(os.environ["PORT"]))
http.server.ThreadingHTTPServer(here, http.server.SimpleHTTPRequestHandler).serve_forever()
"""
SUITE = """
    def test_fails(page, new_context):
        page.goto("/")
        assert page.title() == "Another"

    def test_fails_with_two_contexts(page, new_context):
        new_context().new_page()
        assert page.title() == "Another"

    def test_does_not_claim(new_inbox, send):
        inbox = new_inbox()
        send(inbox.address)
        inbox.messages()
"""


def run_with_application(folder: Path, test_dir: str, *args: str) -> Ran:
    config = {
        "testDir": test_dir,
        "use": {"baseURL": "http://127.0.0.1:0", "trace": "retain-on-failure"},
        "webServer": {"command": f"{sys.executable} app.py", "url": "http://127.0.0.1:0/"},
    }
    (folder / "e2e").mkdir()
    return run(folder, SUITE, *args, config=config, more={"app.py": APP})


def evidence(ran: Ran, test: str) -> list[str]:
    """The lines of that section in the test's report."""
    report = ran.out.partition(f"_ {test} _")[2].partition("\n____")[0]
    return report.rpartition(" evidence --")[2].splitlines()[1:]


def test_the_trace_and_the_applications_output_are_named(tmp_path: Path) -> None:
    ran = run_with_application(tmp_path, ".")

    named = [tmp_path / line for line in evidence(ran, "test_fails[chromium]") if line.endswith((".zip", ".log"))]
    assert [path.name for path in named] == ["trace.zip", "webserver-0.log"]
    assert all(path.is_file() for path in named)
    several = next(line for line in evidence(ran, "test_fails_with_two_contexts[chromium]") if line.endswith(".zip"))
    assert len(list(tmp_path.glob(several))) == 2


def test_tests_outside_the_test_folder_are_told_that_nothing_was_started(tmp_path: Path) -> None:
    ran = run_with_application(tmp_path, "e2e", "test_inner.py")
    told = f'nothing is started, as no test that was asked for is below testDir "e2e" of {tmp_path}'

    assert ran.code == 1
    assert f"inboxwright: {told}" in ran.out
    assert evidence(ran, "test_fails[chromium]")[-1].startswith(told)


def test_a_warning_of_an_unclaimed_mail_names_the_test_and_what_to_do(tmp_path: Path) -> None:
    ran = run(tmp_path, SUITE, "-k", "does_not_claim", config={"inbox": {"unclaimed": "warn"}})

    line = next(number for number, text in enumerate(SUITE.splitlines(), start=1) if "test_does_not_claim" in text)
    assert f"test_inner.py:{line}: UnclaimedMessageWarning: 1 mail to" in ran.out.replace(f"{tmp_path}/", ""), ran.out
    assert 'set inbox.unclaimed to "ignore"' in ran.out


@pytest.mark.parametrize(("action", "outcome"), [("error", "1 failed"), ("ignore", "1 passed")])
def test_the_warning_can_be_named_in_a_filter(tmp_path: Path, action: str, outcome: str) -> None:
    filtering = ["-W", f"{action}::inboxwright.UnclaimedMessageWarning"]
    ran = run(tmp_path, SUITE, "-k", "does_not_claim", *filtering)

    assert outcome in ran.out, ran.out
    assert "warnings summary" not in ran.out


BROKEN_JOURNEY = """
    import pytest

    @pytest.fixture(scope="session")
    def sign_in_journey(provider):
        def journey(user):
            with user.inbox.expect_message(timeout=100):
                pass
        return journey

    @pytest.mark.parametrize("number", [1, 2])
    def test_needs_a_journey(signed_in_user, number):
        pass
"""


def test_a_journey_that_failed_in_an_earlier_test_is_told_of_there(tmp_path: Path) -> None:
    ran = run(tmp_path, BROKEN_JOURNEY)

    assert "2 errors" in ran.out, ran.out
    assert ran.out.count("nothing arrived: no mail to signed-in-") >= 2
    assert ran.out.count("! wait ") == 1
    assert " -0." not in ran.out


CUT_OFF = """
    import pytest

    @pytest.mark.timeout(2)
    def test_takes_too_long(page, inbox):
        with inbox.expect_message(timeout=60_000):
            pass

    def test_fails_before_the_wait(page, inbox):
        with inbox.expect_message():
            raise ValueError("in the block")
"""


def test_a_wait_that_the_time_limit_cut_off_is_told_from_one_that_did_not_begin(tmp_path: Path) -> None:
    ran = run(tmp_path, CUT_OFF)

    assert re.search(r"mail to takes-too-long-\S+: cut off \(", ran.out), ran.out
    assert re.search(r"mail to fails-before-the-wait-\S+: the block failed first \(", ran.out), ran.out
