"""Whole modules of generated code, as ruff writes them: it drops imports that nothing uses, and breaks lines."""

import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from importlib.util import find_spec
from pathlib import Path

from inboxwright.errors import ConfigError

_IMPORTS = (
    "import re",
    "from collections.abc import Callable",
    "from pathlib import Path",
    "import pytest",
    "from playwright.sync_api import Error, Locator, Page, expect",
    "from inboxwright import Identity, Inbox, User",
)
"""All that generated code may use; what a module does not need is taken out of it again."""
_PATIENCE = 30  # seconds


def module(doc: str, parts: Sequence[str], *, first_party: Iterable[str] = (), constants: Sequence[str] = ()) -> str:
    """A module of these parts, before ruff has seen it."""
    head = "\n".join((*_IMPORTS, *first_party))
    body = "\n\n\n".join((*constants, *parts))
    return f'"""{doc}"""\n\n{head}\n\n{body}\n'


def needs_ruff() -> list[str]:
    """The command: of this environment, else of the system. Raises ConfigError where there is none."""
    if find_spec("ruff"):
        return [sys.executable, "-m", "ruff"]
    if found := shutil.which("ruff"):
        return [found]
    raise ConfigError("ruff writes the recorded code and is not installed; pip install 'inboxwright[record]'")


def formatted(files: Mapping[str, str], root: Path) -> dict[str, str]:
    """The files as ruff writes them under the project's own settings. Raises ConfigError where there is no ruff."""
    command = needs_ruff()
    with ExitStack() as stack:
        for name in files:  # ruff tells the project's own modules from others by looking for their files
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if not path.exists():
                path.touch()
                stack.callback(path.unlink)
        return {name: _format(command, name, text, root) for name, text in files.items()}


def _format(command: Sequence[str], name: str, text: str, root: Path) -> str:
    for verb in (["check", "--fix-only", "--select", "I,F401"], ["format"]):
        done = subprocess.run(  # noqa: S603 - the project's own formatter
            [*command, *verb, "--quiet", "--stdin-filename", str(root / name), "-"],
            input=text, capture_output=True, text=True, check=False, cwd=root, timeout=_PATIENCE,
        )  # fmt: skip
        if done.returncode or not done.stdout:
            raise ConfigError(f"ruff {verb[0]} failed on {name}: {(done.stderr or 'no output').strip()[:300]}")
        text = done.stdout
    return text
