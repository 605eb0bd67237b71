"""What an installed and unused plugin costs: trivial tests beside pytest-playwright alone, each in its environment.

Interleaved runs of the same file; wall seconds and the peak memory of the process that reports. Variants:

    alone          an environment with pytest-playwright and what it needs
    installed      one with inboxwright as it comes; no playwright.config.json, no fixture of ours
    two workers    both with `-n 2`; pytest-xdist, which comes with inboxwright, is added to the first

    python benchmarks/startup.py [--runs 7] [--tests 500] [--environments FOLDER]

FOLDER keeps the environments for the next time; pip fills them from its index.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
_TESTS = """
import pytest

@pytest.mark.parametrize("number", range({tests}))
def test_trivial(number):
    assert number >= 0
"""
_INSTALLED = {
    "alone": ["pytest-playwright"],
    "alone, xdist": ["pytest-playwright", "pytest-xdist"],
    "installed": [str(ROOT)],
}
_PAIRS = (("one process", "alone", ()), ("two workers", "alone, xdist", ("-n", "2")))


def environment(folder: Path, name: str) -> Path:
    """The interpreter of an environment, made if it is not there."""
    place = folder / name.replace(", ", "-")
    python = place / ("Scripts" if os.name == "nt" else "bin") / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", place], check=True)
        pinned = ["-q", "--disable-pip-version-check", "-c", str(ROOT / "constraints.txt")]
        subprocess.run([python, "-m", "pip", "install", *pinned, *_INSTALLED[name]], check=True)
    return python


def measure(python: Path, folder: Path, *options: str) -> tuple[float, float]:
    """Wall seconds, and the peak in MiB."""
    # Images set it to stay small; then each run compiles all anew, and that would be measured.
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    command = [python, "-m", "pytest", "-q", "-p", "no:cacheprovider", *options]
    began = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, env=env, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{python}: pytest ended with {process.returncode}")
    return time.perf_counter() - began, used.ru_maxrss / 1024


def main() -> None:
    """Measure, and print a table with the ratios."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--tests", type=int, default=500)
    parser.add_argument("--environments", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        kept = given.environments or Path(scratch, "environments")
        suite = Path(scratch, "suite")
        suite.mkdir()
        (suite / "test_trivial.py").write_text(_TESTS.format(tests=given.tests))
        for title, alone, options in _PAIRS:
            pythons = {name: environment(kept, name) for name in (alone, "installed")}
            found: dict[str, list[tuple[float, float]]] = {name: [] for name in pythons}
            for run in range(given.runs + 1):
                for name, python in pythons.items():
                    figures = measure(python, suite, *options)
                    if run:  # the first one compiles
                        found[name].append(figures)
            wall, peak = (
                {name: statistics.median(figures[at] for figures in runs) for name, runs in found.items()}
                for at in (0, 1)
            )
            print(
                f"{title}: {wall[alone]:.2f} s and {peak[alone]:.0f} MiB alone, "
                f"{wall['installed']:.2f} s and {peak['installed']:.0f} MiB installed; "
                f"ratio {wall['installed'] / wall[alone]:.2f} and {peak['installed'] / peak[alone]:.2f}"
            )


if __name__ == "__main__":
    main()
