"""What evidence that waits for a failure costs: core-seconds of all processes for the same passing suite, interleaved.

Every process that a run started counts, browser and driver included, whoever its parent was by then: so other load on
the machine does not. Variants of `use.trace`:

    off        no trace, no screenshots
    default    as the configuration has it if nothing is said: snapshots, without the film strip
    film       Playwright's full trace

    python benchmarks/evidence.py [--runs 7] [--tests 12]      (Linux)
"""

import argparse
import ctypes
import json
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

from benchmarks.overhead import ROOT, SUITE
from inboxwright.processes import WebServer, free_port

_VARIANTS: dict[str, dict[str, object]] = {
    "off": {"trace": "off", "screenshot": "off"},
    "default": {},
    "film": {"trace": {"mode": "retain-on-failure", "screenshots": True, "snapshots": True, "sources": True}},
}
_FEW = 2
"""Tests of the short runs: what both have in common, the start of pytest and browser, is taken off."""
_CHILD_SUBREAPER = 36
"""prctl(2): whoever loses its parent becomes ours, so that its time is counted when it ends."""


def core_seconds(folder: Path) -> float:
    """Of one run, its browser included."""
    before = _used()
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:playwright-asyncio", "-p", "no:cacheprovider"],
        cwd=folder, capture_output=True, text=True, check=False, timeout=600,
    )  # fmt: skip
    if done.returncode:
        sys.exit(done.stdout + done.stderr)
    return _used() - before


def _used() -> float:
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    """Measure, and print a line a variant."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--tests", type=int, default=12)
    given = parser.parse_args()
    ctypes.CDLL(None).prctl(_CHILD_SUBREAPER, 1, 0, 0, 0)
    port, sink = free_port(), free_port()
    url = f"http://127.0.0.1:{port}"
    env = {"PORT": str(port), "DEMO_RATE_LIMITS": "off", "SMTP_HOST": "127.0.0.1", "SMTP_PORT": str(sink)}
    a_test: dict[str, list[float]] = {variant: [] for variant in _VARIANTS}
    with tempfile.TemporaryDirectory() as home, WebServer(
        f"{sys.executable} -m inboxwright.server --smtp 127.0.0.1:{sink} --http 127.0.0.1:0", port=sink
    ), WebServer(f"{sys.executable} -m demo", url=f"{url}/healthz", env=env, cwd=ROOT):  # fmt: skip
        for variant, use in _VARIANTS.items():
            for size in (_FEW, given.tests):
                folder = Path(home, f"{variant}-{size}")
                folder.mkdir()
                (folder / "test_bench.py").write_text(SUITE.format(tests=size))
                (folder / "playwright.config.json").write_text(json.dumps({"use": {"baseURL": url, **use}}))
        for _ in range(given.runs):
            for variant in random.sample(list(_VARIANTS), len(_VARIANTS)):
                few, many = (core_seconds(Path(home, f"{variant}-{size}")) for size in (_FEW, given.tests))
                a_test[variant].append((many - few) / (given.tests - _FEW))
    base = statistics.median(a_test["off"])
    for variant, found in a_test.items():
        middle = statistics.median(found)
        print(f"{variant:8} {middle * 1000:5.0f} ms of a core a test, {middle / base:.2f} times that without a trace")


if __name__ == "__main__":
    main()
