"""The tests of waiting can fail: break one rule of the engine at a time, and they go red."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """One rule, broken: `old` in `file` becomes `new`."""

    file: str
    old: str
    new: str
    tests: str = "tests/unit/inbox"
    """What must notice."""


MUTANTS = {
    "the cursor is the inbox's start": Mutant(
        file="inbox/_wait.py",
        old="self.cursor, self.position = await self._cursor(",
        new="_, self.position = await self._cursor(",
    ),
    "the cursor is taken without asking the server": Mutant(
        file="inbox/_mailbox.py",
        old="position = await self.backend.synchronize(self.address)",
        new="position = 0",
    ),
    "a message pushed twice is two": Mutant(
        file="inbox/_mailbox.py", old="if received.id in self._known:", new="if not received.id:"
    ),
    "the sender policy lets everyone through": Mutant(
        file="inbox/_senders.py", old="if self.allowed and not any(", new="if False and not any("
    ),
    "blocked senders are let through": Mutant(
        file="inbox/_senders.py", old="if any(_fits(entry, sender) for entry in self.blocked):", new="if False:"
    ),
    "settle watches for nothing": Mutant(file="inbox/_wait.py", old="if self.settle:", new="if False:"),
    "a surplus is left alone": Mutant(
        file="inbox/_wait.py", old="if self.exact and len(self.found) > self.count:", new="if False:"
    ),
    "silence is believed without asking": Mutant(
        file="inbox/_wait.py",
        old="        await self._read_all()\n        if self.found:",
        new="        if self.found:",
    ),
    "settle believes the silence of a provider that is polled": Mutant(
        file="inbox/_wait.py", old="            await self._read_all()\n", new="            pass\n"
    ),
    "subjects are searched, not compared": Mutant(
        file="inbox/_criteria.py", old="else wanted == actual", new="else wanted.lower() in actual.lower()"
    ),
    "another inbox's mail is never looked at": Mutant(
        file="inbox/_mailbox.py", old="if sibling is not self and any(", new="if False and any("
    ),
    "the server files recipients without case": Mutant(
        file="address.py",
        old='return f"{local}@{domain.lower()}" if at else address',
        new="return address.lower()",
        tests="tests/unit/server",
    ),
    "the server finds recipients by their beginning": Mutant(
        file="server/store.py",
        old='where = "WHERE d.address = ? AND',
        new="where = \"WHERE d.address LIKE ? || '%' AND",
        tests="tests/unit/server",
    ),
}


def _run_tests(source: Path, tests: str = "tests/unit/inbox tests/unit/server") -> int:
    command = [
        sys.executable,
        "-m",
        "pytest",
        *tests.split(),
        "-x",
        "-q",
        "-p",
        "no:cacheprovider",
        "-p",
        "no:xdist",
    ]
    environment = {**os.environ, "PYTHONPATH": str(source), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=False).returncode


def _copy(folder: Path) -> Path:
    shutil.copytree(ROOT / "src/inboxwright", folder / "inboxwright", ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def test_the_unbroken_copy_is_green(tmp_path: Path) -> None:
    assert _run_tests(_copy(tmp_path)) == pytest.ExitCode.OK


@pytest.mark.parametrize("rule", MUTANTS)
def test_a_broken_rule_is_noticed(rule: str, tmp_path: Path) -> None:
    mutant = MUTANTS[rule]
    broken = _copy(tmp_path) / "inboxwright" / mutant.file
    source = broken.read_text()
    assert source.count(mutant.old) == 1, "the mutant's place has moved"
    broken.write_text(source.replace(mutant.old, mutant.new))

    assert _run_tests(tmp_path, mutant.tests) == pytest.ExitCode.TESTS_FAILED
