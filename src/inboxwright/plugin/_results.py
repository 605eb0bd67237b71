"""The controller's book: every result is written down as it comes, so that it is there however the run ends."""

import os
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from inboxwright.plugin._outcome import TOLD
from inboxwright.plugin._quarantine import is_quarantined
from inboxwright.plugin._run import Run
from inboxwright.report.records import RESULTS, Writer

RESULTS_KEY = pytest.StashKey["Results"]()
_COMMIT = ("GITHUB_SHA", "CI_COMMIT_SHA", "CIRCLE_SHA1", "GIT_COMMIT")


@dataclass(slots=True, kw_only=True)
class _Test:
    started: str
    duration: float = 0.0
    phases: dict[str, str] = field(default_factory=dict)
    told: dict[str, Any] = field(default_factory=dict)
    waits: list[dict[str, Any]] = field(default_factory=list)
    headline: str = ""
    worker: str = ""
    earlier: list[str] = field(default_factory=list)
    """What failed attempts said."""

    def end_attempt(self) -> bool:
        """Whether this attempt is followed by another."""
        again = "rerun" in self.phases.values()
        if again:
            self.earlier.append(self.headline)
            self.phases.clear()
        return again


class Results:
    """Follows the reports of all workers and writes one line a test."""

    def __init__(self, config: pytest.Config, run: Run) -> None:
        self._config = config
        self._run = run
        self._running: dict[str, _Test] = {}
        self._begun = False
        self._collected = False
        self._writer = Writer(Path(config.option.output).absolute() / RESULTS)
        self.finished: list[dict[str, Any]] = []
        """The lines of tests that ended, in order."""
        self.uncollected: list[dict[str, Any]] = []
        """The lines of files whose tests are not known."""
        self.trouble: OSError | None = None
        """Why the book could not be kept."""

    @pytest.hookimpl(trylast=True)
    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """A file whose tests cannot be known is no test that passed."""
        if report.failed:
            self._begin()
            line = {
                "test": report.nodeid or "the test folder",
                "outcome": "uncollected",
                "started": _now(),
                "duration": 0.0,
                "headline": _first_line(report),
                "details": str(report.longrepr),
            }
            self.uncollected.append(line)
            self._write("uncollected", **line)

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Without workers."""
        self._collect([item.nodeid for item in session.items])

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_node_collection_finished(self, ids: list[str]) -> None:
        """With workers: each collects the same."""
        self._collect(ids)

    def _collect(self, ids: list[str]) -> None:
        if ids and not self._collected:
            self._collected = True
            self._begin()
            self._write("collected", tests=ids)

    def _begin(self) -> None:
        if self._begun:
            return
        self._begun = True
        run = self._run
        commit = next((os.environ[name] for name in _COMMIT if os.environ.get(name)), None)
        self._write(
            "run",
            browser=",".join(self._config.option.browser or ["chromium"]),
            base_url=run.secrets().mask(run.project.use.base_url or "") or None,
            seed=run.shared.seed,
            commit=commit,
            started=_now(),
        )

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        """A test begins, or begins again: not every version of pytest-rerunfailures tells of each attempt's end."""
        if nodeid in self._running:
            self._running[nodeid].end_attempt()
            return
        self._running[nodeid] = _Test(started=_now())
        self._write("begin", test=nodeid, at=_now())

    @pytest.hookimpl(trylast=True)
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """One phase of a test; the last one decides."""
        test = self._running.setdefault(report.nodeid, _Test(started=_now()))
        test.duration += report.duration
        quarantined = is_quarantined(report)
        test.phases[report.when or "call"] = "quarantined" if quarantined else report.outcome
        told = getattr(report, TOLD, {})
        test.told |= {name: value for name, value in told.items() if name != "waits"}
        test.waits += told.get("waits", [])
        test.worker = getattr(report, "worker_id", "")
        if report.outcome in {"failed", "rerun"} or quarantined:
            test.headline = test.told.get("headline") or _first_line(report)
        if report.when == "teardown" or report.when not in {"setup", "call"}:
            self._end_attempt(report, test)

    def _end_attempt(self, report: pytest.TestReport, test: _Test) -> None:
        if test.end_attempt():
            return
        del self._running[report.nodeid]
        outcome = _outcome(test, crashed=report.when not in {"setup", "call", "teardown"})
        failed = outcome not in {"passed", "skipped"}
        told = test.told if failed else {}
        line = {
            "test": report.nodeid,
            "outcome": outcome,
            "attempts": len(test.earlier) + 1,
            "started": test.started,
            "duration": round(test.duration, 3),
            "worker": test.worker,
            "waits": test.waits,
            "verdict": told.get("verdict"),
            "headline": test.headline if failed else "",
            "details": told.get("details") or (str(report.longrepr) if failed and report.longrepr else ""),
            "events": told.get("events", []),
            "files": told.get("files", []),
        }
        self.finished.append(line)
        self._write("test", **line)

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """The run came to its end; without this line it died."""
        if self._begun:
            self._write("end", finished=_now(), exit=int(session.exitstatus))

    def _write(self, kind: str, **content: Any) -> None:
        run = self._run
        common = {
            "run": run.shared.run,
            "shard": self._config.option.shard,
            "project": run.project.name,
            "provider": run.project.inbox.provider,
        }
        try:
            self._writer.write(kind, **common, **content)
        except OSError as error:  # the disk is full, or the folder was taken away: the tests go on
            self.trouble = error


def _outcome(test: _Test, *, crashed: bool) -> str:
    phases = test.phases
    if crashed:
        return "crashed"
    if "failed" in phases.values():
        return "failed"
    if "quarantined" in phases.values():
        return "quarantined"
    if phases.get("call") == "passed":
        return "flaky" if test.earlier else "passed"
    return "skipped"


def _first_line(report: pytest.TestReport | pytest.CollectReport) -> str:
    """What a report says without evidence: its error, of a file that was not collected the last line that is one."""
    crash = getattr(report.longrepr, "reprcrash", None)
    text = str(crash.message if crash is not None else report.longrepr or "").strip()
    errors = [line[1:].strip() for line in text.splitlines() if line.startswith("E  ")]
    return (errors[-1] if errors else text.partition("\n")[0])[:500]


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
