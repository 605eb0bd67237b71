"""What may happen to a nightly, and what its report must say of it."""

import re
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from inboxwright.report import Report
from tests.contract.faulty import http
from tests.rehearsal import planted
from tests.rehearsal.nightly import Nightly, begin, end
from tests.rehearsal.staging import Staging, staging

EVERY = ("e2e",)
SOME = ("e2e/test_sign_up.py", "e2e/test_reset_password.py")
FEW = ("e2e/test_sign_in_by_link.py", "e2e/test_change_email.py")
IMPATIENT = {"INBOXWRIGHT_INBOX_TIMEOUT": "6000", "INBOXWRIGHT_USE_ACTION_TIMEOUT": "6000"}
PATIENT = {"INBOXWRIGHT_INBOX_TIMEOUT": "60000", "INBOXWRIGHT_TIMEOUT": "300000"}


def nothing(nightly: Nightly, staging: Staging) -> None:
    """Let it run."""
    del nightly, staging


def kill_a_worker(nightly: Nightly, staging: Staging) -> None:
    """In the middle."""
    del staging
    nightly.wait_for_tests(4)
    nightly.kill_a_worker()


def kill_the_provider(nightly: Nightly, staging: Staging) -> None:
    """In the middle, for good."""
    nightly.wait_for_tests(4)
    staging.mailpit.stop()


def refuse_now_and_then(nightly: Nightly, staging: Staging) -> None:
    """429 and 500 in turn, each for a second of every four, as long as the run lasts."""
    faults = [http(429, "Too Many Requests", Retry_After="1"), http(500, "Internal Server Error")]
    pause = threading.Event()
    turn = 0
    while any(shard.poll() is None for shard in nightly.shards):
        staging.proxy.fail_for(faults[turn % 2], 1.0)
        turn += 1
        pause.wait(4.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """One rehearsed night."""

    name: str
    says: str
    verdict: str
    """A pattern that the report's verdict must match as a whole."""
    tests: Sequence[str] = SOME
    more: Sequence[str] = ()
    env: Mapping[str, str] = field(default_factory=dict)
    delay: float = 0.0
    application: bool = True
    during: Callable[[Nightly, Staging], None] = nothing
    clean: bool = True
    """Whether Mailpit must hold nothing at the end."""
    holds: Callable[[Report], bool] = bool


def _slow(report: Report) -> bool:
    took = [wait["took"] for test in report.tests for wait in test.waits if wait["took"] is not None]
    return bool(took) and min(took) > 19_000


def _one_crash(report: Report) -> bool:
    return [test.outcome for test in report.failures] == ["crashed"]


_CAUSES = "mail provider could not be reached|mail did not arrive in time|page did not get so far in time"
_REFUSED = r"(\d+ because the mail provider('s quota was used up| could not be reached)(, )?)+"
_DOWN = rf"(\d+ because the ({_CAUSES})(, )?)+"

SCENARIOS = (
    Scenario(name="healthy", says="nothing is wrong", tests=EVERY, verdict=r"All \d+ tests passed\."),
    Scenario(
        name="down",
        says="staging is down",
        application=False,
        verdict=r"(\d+) of \1 tests failed: \1 because the application could not be reached\.",
    ),
    Scenario(
        name="late",
        says="every mail comes 20 s late",
        tests=FEW,
        delay=20,
        env=PATIENT,
        verdict=r"All \d+ tests passed\.",
        holds=_slow,
    ),
    Scenario(
        name="refusing",
        says="the provider answers 429 and 500 now and then",
        during=refuse_now_and_then,
        verdict=rf"All \d+ tests passed\.|\d+ of \d+ tests failed: {_REFUSED}\.",
    ),
    Scenario(
        name="worker",
        says="a worker is killed in the middle",
        during=kill_a_worker,
        verdict=r"1 of \d+ tests failed: 1 because the worker process died\.",
        holds=_one_crash,
        clean=False,
    ),
    Scenario(
        name="provider",
        says="the provider is killed in the middle",
        during=kill_the_provider,
        env=IMPATIENT,
        verdict=rf"\d+ of \d+ tests failed: {_DOWN}\.",
        holds=lambda report: any("provider could not be reached" in test.cause for test in report.failures),
        clean=False,
    ),
    Scenario(
        name="flake",
        says="tests that fail in 10 % of their attempts",
        tests=("e2e/test_sign_in.py", "tests/rehearsal/planted.py"),
        more=("--reruns", "1"),
        verdict=rf".* {planted.flaky()} (was|were) flaky: failed first, passed on a retry\.",
        holds=lambda report: len(report.of("flaky")) == planted.flaky(),
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of one scenario."""

    scenario: Scenario
    verdict: str
    tests: int
    seconds: float
    left_behind: int
    problems: Sequence[str]


def rehearse(scenario: Scenario, folder: Path) -> Outcome:
    """Set the stage, run the nightly, take it down, compare."""
    place = folder / scenario.name
    place.mkdir(parents=True, exist_ok=True)
    with staging(place, delay=scenario.delay, application=scenario.application) as stage:
        began = time.monotonic()
        nightly = begin(place, scenario.tests, {**stage.env, **scenario.env}, *scenario.more)
        try:
            scenario.during(nightly, stage)
        finally:
            report = end(nightly, began)
        left = stage.left_behind() if scenario.clean else 0
    problems = []
    if not re.fullmatch(scenario.verdict, report.verdict()):
        problems.append(f"the report should say {scenario.verdict}")
    if not scenario.holds(report):
        problems.append("its numbers are not what was planted")
    if left:
        problems.append(f"{left} messages were left behind")
    if report.died:
        problems.append("a shard died")
    return Outcome(
        scenario=scenario,
        verdict=report.verdict(),
        tests=len(report.tests),
        seconds=nightly.seconds,
        left_behind=left,
        problems=problems,
    )
