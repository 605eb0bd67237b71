"""What the whole plugin costs: the same browser tests with it, and on bare pytest-playwright with its trace on.

Interleaved runs, one pytest each; a test's time is its set-up, call and teardown as pytest measures them. Tests pass,
as nearly all do: what a failure costs is not part of this. Three variants:

    bare      pytest-playwright, --tracing retain-on-failure (film strip, snapshots, sources)
    same      inboxwright, the same three parts in the trace
    default   inboxwright as it comes: snapshots without the film strip

    python benchmarks/overhead.py [--runs 10] [--tests 8]
"""

import argparse
import json
import random
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from xml.etree import ElementTree as ET

from inboxwright.browser import find_browser
from inboxwright.processes import WebServer, free_port

ROOT = Path(__file__).parents[1]
SUITE = """
import pytest
from playwright.sync_api import expect

@pytest.mark.parametrize("number", range({tests}))
def test_a_person_signs_up(page, number):
    page.goto("/accounts/signup/")
    page.get_by_label("Email").fill(f"bench-{{number}}-{{id(page)}}@inbox.test")
    page.get_by_label("Password").fill("a long enough Password 1")
    page.get_by_role("button", name="Create account").click()
    expect(page.get_by_role("heading", name="Check your email")).to_be_visible()
    page.goto("/accounts/login/")
    expect(page.get_by_label("Password")).to_be_visible()
"""
_BARE = """
import pytest

@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return {{**browser_type_launch_args, **{launch}}}

@pytest.fixture(scope="session", autouse=True)
def assertions_wait_as_long_as_ours():
    from playwright.sync_api import expect
    expect.set_options(timeout=5000)
"""
VARIANTS = ("bare", "same", "default")
_FEW = 2
"""Tests of the short runs: what both have in common, the start of pytest and browser, is taken off the CPU's time."""


def measure(variant: str, folder: Path, url: str) -> tuple[list[float], float]:
    """Seconds of each test but the first (it starts the browser); CPU seconds of the run, browser included."""
    report = folder / "junit.xml"
    options = ["-q", f"--junitxml={report}", "-o", "junit_duration_report=total", "-p", "no:cacheprovider"]
    if variant == "bare":
        options += ["-p", "no:inboxwright", "--tracing", "retain-on-failure", "--screenshot", "only-on-failure"]
        options += ["--base-url", url]
    before = _cpu()
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:playwright-asyncio", *options, "test_bench.py"],
        cwd=folder, capture_output=True, text=True, check=False, timeout=600,
    )  # fmt: skip
    if done.returncode:
        sys.exit(done.stdout + done.stderr)
    suite = ET.parse(report).getroot().find("testsuite")
    assert suite is not None
    return [float(case.get("time", 0)) for case in suite.iter("testcase")][1:], _cpu() - before


def _cpu() -> float:
    """Of all children that ended: wall time says little on a machine that does other things as well."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def prepare(variant: str, folder: Path, url: str, tests: int) -> None:
    """One folder a variant."""
    folder.mkdir()
    (folder / "test_bench.py").write_text(SUITE.format(tests=tests))
    if variant == "bare":
        found = find_browser()
        launch = {} if found is None else {"executable_path": str(found)}
        (folder / "conftest.py").write_text(_BARE.format(launch=launch))
        return
    trace = {"mode": "retain-on-failure", "screenshots": variant == "same"}
    use = {"baseURL": url, "trace": trace, "screenshot": "only-on-failure"}
    (folder / "playwright.config.json").write_text(json.dumps({"use": use}))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=10)
    parser.add_argument("--tests", type=int, default=8)
    given = parser.parse_args()
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    env = {
        "PORT": str(port),
        "DEMO_RATE_LIMITS": "off",
        "SMTP_HOST": "127.0.0.1",
        "SMTP_PORT": str(sink := free_port()),
    }
    with tempfile.TemporaryDirectory() as home, WebServer(
        f"{sys.executable} -m inboxwright.server --smtp 127.0.0.1:{sink} --http 127.0.0.1:0", port=sink
    ), WebServer(f"{sys.executable} -m demo", url=f"{url}/healthz", env=env, cwd=ROOT):  # fmt: skip
        sizes = (_FEW, given.tests)
        for variant in VARIANTS:
            for size in sizes:
                prepare(variant, Path(home, f"{variant}-{size}"), url, size)
        times: dict[str, list[float]] = {variant: [] for variant in VARIANTS}
        cpus: dict[str, list[float]] = {variant: [] for variant in VARIANTS}
        ratios: dict[str, list[float]] = {variant: [] for variant in VARIANTS}
        for _ in range(given.runs):
            medians = {}
            for variant in random.sample(VARIANTS, len(VARIANTS)):
                _, few = measure(variant, Path(home, f"{variant}-{_FEW}"), url)
                tests, many = measure(variant, Path(home, f"{variant}-{given.tests}"), url)
                times[variant] += tests
                cpus[variant].append((many - few) / (given.tests - _FEW))
                medians[variant] = statistics.median(tests)
            for variant in VARIANTS:
                ratios[variant].append(medians[variant] / medians["bare"])
    for variant in VARIANTS:
        middle, cpu = statistics.median(times[variant]), statistics.median(cpus[variant])
        low, high = _interval(ratios[variant])
        print(
            f"{variant:8} wall: median {middle * 1000:5.0f} ms of {len(times[variant])} tests, ratio to bare"
            f" {middle / statistics.median(times['bare']):.3f} (runs' middle half {low:.3f} to {high:.3f});"
            f" CPU a test {cpu * 1000:4.0f} ms, ratio {cpu / statistics.median(cpus['bare']):.3f}"
        )


def _interval(values: list[float]) -> tuple[float, float]:
    if len(values) < 2:
        return values[0], values[0]
    low, _, high = statistics.quantiles(values, n=4)
    return low, high


if __name__ == "__main__":
    main()
