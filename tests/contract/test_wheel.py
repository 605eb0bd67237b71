"""The wheel alone is enough: installed into a new environment, `init` lays a suite that runs."""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

TOP = Path(__file__).parents[2]
PIP = ("-m", "pip", "--disable-pip-version-check", "--no-input", "-q")

pytestmark = [pytest.mark.wheel, pytest.mark.timeout(1200)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Installed:
    """A virtual environment with the wheel in it."""

    folder: Path

    def run(
        self, command: str, *arguments: str, cwd: Path, environ: Mapping[str, str] | None = None, code: int = 0
    ) -> str:
        """The output of one of its commands, which must end with the exit code."""
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(("INBOXWRIGHT_", "PY"))}
        path = os.pathsep.join([str(self.folder / "bin"), os.environ["PATH"]])
        return _run(
            [str(self.folder / "bin" / command), *arguments],
            cwd=cwd,
            environ={**inherited, "PATH": path, **(environ or {})},
            code=code,
        )


def _run(command: Sequence[str], *, cwd: Path, environ: Mapping[str, str] | None = None, code: int = 0) -> str:
    done = subprocess.run(
        command,
        cwd=cwd,
        env=environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=900,
        check=False,
    )
    assert done.returncode == code, f"{' '.join(command)} ended with {done.returncode}:\n{done.stdout}"
    return done.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """The wheel with its demo extra, built from this checkout, pinned as everything here is."""
    folder = tmp_path_factory.mktemp("wheel")
    pins = str(TOP / "constraints.txt")
    _run([sys.executable, *PIP, "wheel", "--no-deps", "--build-constraint", pins, "-w", ".", str(TOP)], cwd=folder)
    wheel = next(folder.glob("inboxwright-*.whl"))
    _run([sys.executable, "-m", "venv", "venv"], cwd=folder)
    python = str(folder / "venv" / "bin" / "python")
    _run([python, *PIP, "install", "-c", pins, f"{wheel}[demo]"], cwd=folder)
    return Installed(folder=folder / "venv")


def test_the_demo_that_init_lays_passes_its_own_tests(installed: Installed, tmp_path: Path) -> None:
    installed.run("inboxwright", "init", "--demo", cwd=tmp_path)

    shown = installed.run("pytest", "e2e/", "--browser", "chromium", cwd=tmp_path)

    assert " passed" in shown
    assert " failed" not in shown


def test_doctor_finds_the_demo_in_good_health(installed: Installed, tmp_path: Path) -> None:
    installed.run("inboxwright", "init", "--demo", cwd=tmp_path)

    shown = installed.run("inboxwright", "doctor", "--quiet", cwd=tmp_path)

    assert [line[:4] for line in shown.splitlines()] == ["ok  "] * 6


def test_without_the_demo_a_run_asks_for_the_base_url_before_it_starts_anything(
    installed: Installed, tmp_path: Path
) -> None:
    installed.run("inboxwright", "init", cwd=tmp_path)

    shown = installed.run("pytest", "e2e/", "--browser", "chromium", cwd=tmp_path, code=4)

    assert "use.baseURL: the environment variable BASE_URL is not set" in shown
    assert not (tmp_path / "test-results").exists()


def test_every_command_of_the_installed_package_has_help(installed: Installed, tmp_path: Path) -> None:
    shown = installed.run("inboxwright", "--help", cwd=tmp_path)

    commands = [
        line.split()[0]
        for line in shown.partition("Commands:")[2].splitlines()
        if line.startswith("  ") and line[2] != " "
    ]
    assert "init" in commands
    for command in commands:
        assert f"inboxwright {command} [OPTIONS]" in installed.run("inboxwright", command, "--help", cwd=tmp_path)
