"""The controller's book: every result is written down as it comes, so that it is there however the run ends."""

import os
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from inboxwright.plugin._outcome import TOLD
from inboxwright.plugin._run import Run
from inboxwright.plugin._secrets import Secrets, of_project
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


class Results:
    """Follows the reports of all workers and writes one line a test."""

    def __init__(self, config: pytest.Config, run: Run) -> None:
        self._config = config
        self._run = run
        self._running: dict[str, _Test] = {}
        self._begun = False
        self._writer = Writer(Path(config.option.output).absolute() / RESULTS)
        self.finished: list[dict[str, Any]] = []
        """The lines of tests that ended, in order."""

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Without workers."""
        if not self._config.option.collectonly and session.items:
            self._begin([item.nodeid for item in session.items])

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_node_collection_finished(self, ids: list[str]) -> None:
        """With workers: each collects the same."""
        if not self._begun:
            self._begin(ids)

    def _begin(self, ids: list[str]) -> None:
        self._begun = True
        run = self._run
        commit = next((os.environ[name] for name in _COMMIT if os.environ.get(name)), None)
        self._write(
            "run",
            browser=",".join(self._config.option.browser or ["chromium"]),
            base_url=Secrets(of_project(run.project, {})).mask(run.project.use.base_url or "") or None,
            seed=run.shared.seed,
            commit=commit,
            started=_now(),
            count=len(ids),
        )
        self._write("collected", tests=ids)

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        """A test begins, or begins again."""
        if nodeid in self._running:
            return
        self._running[nodeid] = _Test(started=_now())
        self._write("begin", test=nodeid, at=_now())

    @pytest.hookimpl(trylast=True)
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """One phase of a test; the last one decides."""
        test = self._running.setdefault(report.nodeid, _Test(started=_now()))
        test.duration += report.duration
        test.phases[report.when or "call"] = report.outcome
        told = getattr(report, TOLD, {})
        test.told |= {name: value for name, value in told.items() if name != "waits"}
        test.waits += told.get("waits", [])
        test.worker = getattr(report, "worker_id", "")
        if report.outcome in {"failed", "rerun"}:
            test.headline = test.told.get("headline") or _first_line(report)
        if report.when == "teardown" or report.when not in {"setup", "call"}:
            self._end_attempt(report, test)

    def _end_attempt(self, report: pytest.TestReport, test: _Test) -> None:
        if "rerun" in test.phases.values():
            test.earlier.append(test.headline)
            test.phases.clear()
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
    def pytest_sessionfinish(self, exitstatus: int) -> None:
        """The run came to its end; without this line it died."""
        if self._begun:
            self._write("end", finished=_now(), exit=int(exitstatus))

    def _write(self, kind: str, **content: Any) -> None:
        run = self._run
        common = {
            "run": run.shared.run,
            "shard": self._config.option.shard,
            "project": run.project.name,
            "provider": run.project.inbox.provider,
        }
        self._writer.write(kind, **common, **content)


def _outcome(test: _Test, *, crashed: bool) -> str:
    phases = test.phases
    if crashed:
        return "crashed"
    if "failed" in phases.values():
        return "failed"
    if phases.get("call") == "passed":
        return "flaky" if test.earlier else "passed"
    return "skipped"


def _first_line(report: pytest.TestReport) -> str:
    crash = getattr(report.longrepr, "reprcrash", None)
    text = str(crash.message if crash is not None else report.longrepr or "")
    return text.strip().partition("\n")[0][:500]


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
