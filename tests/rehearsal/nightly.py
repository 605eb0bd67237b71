"""One nightly: its shards side by side, each a pytest of its own with two workers, and the merged report."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from inboxwright import report
from inboxwright.address import new_id
from tests.rehearsal.staging import ROOT

SHARDS, WORKERS = 4, 2
_LIMIT = 900.0
"""Seconds for one nightly."""


@dataclass(slots=True, kw_only=True)
class Nightly:
    """The shards of one run."""

    folder: Path
    shards: list[subprocess.Popen[bytes]] = field(default_factory=list)
    seconds: float = 0.0

    def results(self) -> list[Path]:
        """What the shards have written so far."""
        return report.find([self.folder])

    def finished(self) -> int:
        """How many tests have a result."""
        return sum(line["kind"] == "test" for line in report.read(*self.results()))

    def wait_for_tests(self, count: int) -> None:
        """Until so many tests have a result, or all shards ended."""
        pause = threading.Event()
        while self.finished() < count and any(shard.poll() is None for shard in self.shards):
            pause.wait(0.1)

    def workers(self) -> list[int]:
        """Process ids of the xdist workers, found by what execnet starts them with."""
        found = []
        for shard in self.shards:
            children = Path(f"/proc/{shard.pid}/task/{shard.pid}/children")
            pids = children.read_text().split() if children.exists() else []
            found += [int(pid) for pid in pids if b"exec(eval(sys.stdin" in Path(f"/proc/{pid}/cmdline").read_bytes()]
        return found

    def kill_a_worker(self) -> None:
        """As the kernel does when memory runs out."""
        os.kill(self.workers()[0], signal.SIGKILL)


def begin(folder: Path, tests: Sequence[str], env: Mapping[str, str], *more: str) -> Nightly:
    """Start all shards of one run."""
    nightly = Nightly(folder=folder)
    environment = {**os.environ, **env, "INBOXWRIGHT_RUN_ID": new_id()}
    for number in range(1, SHARDS + 1):
        output = folder / f"shard-{number}"
        output.mkdir(parents=True, exist_ok=True)
        command = [
            sys.executable, "-m", "pytest", *tests, "--project", "staging", "--browser", "chromium",
            "--shard", f"{number}/{SHARDS}", "-n", str(WORKERS), "--output", str(output),
            "-p", "no:cacheprovider", *more,
        ]  # fmt: skip
        with (folder / f"shard-{number}.log").open("wb") as log:
            shard = subprocess.Popen(
                command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT
            )
        nightly.shards.append(shard)
    return nightly


def end(nightly: Nightly, began: float) -> report.Report:
    """Wait for all shards and build the merged page."""
    for shard in nightly.shards:
        try:
            shard.wait(max(began + _LIMIT - time.monotonic(), 1))
        except subprocess.TimeoutExpired:
            shard.kill()
            shard.wait()
    nightly.seconds = time.monotonic() - began
    files = nightly.results()
    merged = report.load(files)
    history = nightly.folder.parent / "history.jsonl"
    report.merge_into(history, report.read(*files))
    report.build(merged, nightly.folder / "report", lines=list(report.read(history)))
    return merged
