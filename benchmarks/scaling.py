"""How the time of a suite falls with workers and with shards; draws docs/pictures/scaling.svg.

    python benchmarks/scaling.py [--tests e2e/] [--workers 1 2 4] [--shards 1 2 4]

Shards run one after the other, as each on a machine of its own; the time of the suite is that of the slowest.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from matplotlib.figure import Figure

from inboxwright import report
from inboxwright.report.history import timings

ROOT = Path(__file__).parents[1]


def run(tests: str, output: Path, *more: str) -> float:
    """Seconds of one pytest, its start included."""
    command = [sys.executable, "-m", "pytest", tests, "-q", "--browser", "chromium", "--output", str(output)]
    began = time.monotonic()
    done = subprocess.run(
        [*command, "-p", "no:cacheprovider", *more], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode:
        sys.exit(done.stdout + done.stderr)
    return time.monotonic() - began


def draw(workers: Mapping[int, float], shards: Mapping[int, float], target: Path) -> None:
    """Both curves, with the line of an even division."""
    figure = Figure(figsize=(6, 3.4), layout="constrained")
    axes = figure.add_subplot()
    for label, times in (("workers on one machine", workers), ("shards, a machine each", shards)):
        axes.plot(list(times), list(times.values()), marker="o", label=label)
    counts = sorted(workers | shards)
    axes.plot(counts, [workers[min(workers)] / count for count in counts], ":", color="grey", label="divided evenly")
    axes.set_xlabel(f"processes; {os.cpu_count()} cores")
    axes.set_ylabel("seconds")
    axes.set_ylim(0, None)
    axes.set_xticks(counts)
    axes.legend(frameon=False)
    figure.savefig(target, metadata={"Date": None})


def main() -> None:
    """Measure, print and draw."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--tests", default="e2e/")
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2, 4])
    parser.add_argument("--shards", type=int, nargs="+", default=[1, 2, 4])
    parser.add_argument("--picture", type=Path, default=ROOT / "docs/pictures/scaling.svg")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        workers = {count: run(given.tests, Path(home, "w"), "-n", str(count)) for count in given.workers}
        durations = Path(home, "durations.json")
        lines = [line for file in report.find([Path(home, "w")]) for line in report.read(file)]
        durations.write_text(json.dumps(timings(lines)))
        shards = {
            total: max(
                run(given.tests, Path(home, "s"), "--shard", f"{one}/{total}", "--durations-path", str(durations))
                for one in range(1, total + 1)
            )
            for total in given.shards
        }
    for label, times in (("workers", workers), ("shards", shards)):
        print(label, ", ".join(f"{count}: {seconds:.1f} s" for count, seconds in times.items()))
    draw(workers, shards, given.picture)


if __name__ == "__main__":
    main()
