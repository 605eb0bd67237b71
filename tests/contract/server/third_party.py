"""Clients that others wrote, from the package index, in an environment of their own: they pin what we do not."""

import hashlib
import subprocess
import sys
import venv
from pathlib import Path

PACKAGES = ("mailpit-api-client==1.0.0", "openapi-spec-validator==0.9.0", "pytest-mailpit==0.4.1", "websockets==17.4")


def python() -> Path:
    """The environment's interpreter, made on first use. Fails loudly where nothing can be installed."""
    name = hashlib.sha256("\n".join((*PACKAGES, sys.version)).encode()).hexdigest()[:12]
    home = Path(__file__).parents[3] / ".cache" / f"third-party-{name}"
    interpreter = home / "bin" / "python"
    ready = home / "ready"
    if not ready.exists():
        venv.create(home, with_pip=True, clear=True)
        command = [str(interpreter), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *PACKAGES]
        done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
        assert done.returncode == 0, f"the clients to test against could not be installed:\n{done.stderr}"
        ready.touch()
    return interpreter


def run(script: str, *arguments: str, folder: Path) -> str:
    """Run a script there; what it printed."""
    path = folder / "script.py"
    path.write_text(script)
    command = [str(python()), str(path), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False, cwd=folder)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
