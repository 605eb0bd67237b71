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

from inboxwright import report
from inboxwright.report.axes import linear
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
    counts = sorted(workers | shards)
    even = {count: workers[min(workers)] / count for count in counts}
    seconds = linear(max(*workers.values(), *shards.values()) * 1.05, most=6)
    curves = (
        ("workers on one machine", workers, 'stroke="#3b82c4"'),
        ("shards, a machine each", shards, 'stroke="#d9822b"'),
        ("divided evenly", even, 'stroke="#888" stroke-dasharray="2 4"'),
    )

    def x(count: float) -> float:
        return 60 + (count - counts[0]) / max(counts[-1] - counts[0], 1) * 490

    def y(value: float) -> float:
        return 270 - seconds.place(value) * 240

    parts = ['<rect width="600" height="330" fill="#fff"/>']
    for tick in seconds.ticks:
        parts.append(f'<line x1="60" x2="580" y1="{y(tick):.1f}" y2="{y(tick):.1f}" stroke="#ddd"/>')
        parts.append(f'<text x="52" y="{y(tick) + 4:.1f}" text-anchor="end">{tick:g} s</text>')
    parts += [f'<text x="{x(count):.1f}" y="290" text-anchor="middle">{count}</text>' for count in counts]
    parts.append(f'<text x="305" y="316" text-anchor="middle">processes; {os.cpu_count()} cores</text>')
    for number, (label, times, look) in enumerate(curves):
        points = " ".join(f"{x(count):.1f},{y(times[count]):.1f}" for count in sorted(times))
        parts.append(f'<polyline points="{points}" fill="none" stroke-width="2" {look}/>')
        parts.append(
            f'<line x1="360" x2="390" y1="{32 + 20 * number}" y2="{32 + 20 * number}" stroke-width="2" {look}/>'
        )
        parts.append(f'<text x="398" y="{36 + 20 * number}">{label}</text>')
    style = 'font-family="system-ui, sans-serif" font-size="13" fill="#222"'
    target.write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 330" width="600" height="330" {style}>\n'
        + "\n".join(parts)
        + "\n</svg>\n"
    )


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
