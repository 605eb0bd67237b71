"""Windows has no fcntl and no pwd, and its consoles have no arrows: nothing that is imported or printed needs them."""

import os
import subprocess
import sys
from pathlib import Path

# Every module but the half for POSIX, with the modules that only POSIX has refused to ours.
IMPORTS = """
import builtins, importlib, pkgutil, sys
import inboxwright
ABSENT = {"fcntl", "grp", "posix", "pwd", "pty", "resource", "termios", "tty"}
real = builtins.__import__

def refusing(name, globals=None, *rest, **more):
    if name.partition(".")[0] in ABSENT and (globals or {}).get("__name__", "").startswith("inboxwright"):
        raise ModuleNotFoundError(f"No module named {name!r}, on Windows", name=name)
    return real(name, globals, *rest, **more)

builtins.__import__ = refusing
names = [found.name for found in pkgutil.walk_packages(inboxwright.__path__, "inboxwright.")]
for name in names:
    if not name.endswith("__main__") and not name.startswith("inboxwright.processes._posix"):
        importlib.import_module(name)
print(len(names))
"""


def test_every_module_is_imported_without_what_only_posix_has() -> None:
    done = subprocess.run([sys.executable, "-c", IMPORTS], capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 200


def test_a_console_without_arrows_is_no_reason_to_fail(tmp_path: Path) -> None:
    mail = tmp_path / "mail.eml"
    mail.write_text("Subject: Code\nFrom: a@app.test\nTo: b@app.test\n\nYour code is 482913\n")
    done = subprocess.run(
        [sys.executable, "-c", "from inboxwright.cli import main; main()", "explain", str(mail), "--show-secrets"],
        env={**os.environ, "PYTHONIOENCODING": "cp1252"},
        capture_output=True,
        text=True,
        encoding="cp1252",
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert "? 482913" in done.stdout
