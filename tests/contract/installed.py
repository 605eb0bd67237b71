"""The wheel in an environment of its own, as a user has it."""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

TOP = Path(__file__).parents[2]
_PIP = ("-m", "pip", "--disable-pip-version-check", "--no-input", "-q")


@dataclass(frozen=True, slots=True, kw_only=True)
class Installed:
    """A virtual environment with the wheel in it."""

    folder: Path
    wheel: Path

    def environ(self, more: Mapping[str, str] | None = None) -> dict[str, str]:
        """What its commands see: nothing of the run that asks, and its own programs first."""
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(("INBOXWRIGHT_", "PY"))}
        path = os.pathsep.join([str(self.folder / "bin"), os.environ["PATH"]])
        return {**inherited, "PATH": path, **(more or {})}

    def run(
        self, command: str, *arguments: str, cwd: Path, environ: Mapping[str, str] | None = None, code: int = 0
    ) -> str:
        """The output of one of its commands, which must end with the exit code."""
        return run([str(self.folder / "bin" / command), *arguments], cwd=cwd, environ=self.environ(environ), code=code)


def run(command: Sequence[str], *, cwd: Path, environ: Mapping[str, str] | None = None, code: int = 0) -> str:
    """The output of a command, which must end with the exit code."""
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


def install(folder: Path, extras: str) -> Installed:
    """The wheel with these extras, built from this checkout, pinned as everything here is."""
    pins = str(TOP / "constraints.txt")
    run([sys.executable, *_PIP, "wheel", "--no-deps", "--build-constraint", pins, "-w", ".", str(TOP)], cwd=folder)
    wheel = next(folder.glob("inboxwright-*.whl"))
    run([sys.executable, "-m", "venv", "venv"], cwd=folder)
    python = str(folder / "venv" / "bin" / "python")
    run([python, *_PIP, "install", "-c", pins, f"{wheel}[{extras}]"], cwd=folder)
    return Installed(folder=folder / "venv", wheel=wheel)
