"""Runs a suite in a process of its own, as a user would, and keeps what it said and left behind."""

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent

HELPERS = """
import smtplib
from email.message import EmailMessage

import pytest

@pytest.fixture
def send(provider):
    def deliver(address, *, subject="Confirm your email", text="", html=None, sender="app@app.test"):
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = sender, address, subject
        mail.set_content(text)
        if html:
            mail.add_alternative(html, subtype="html")
        with smtplib.SMTP(*provider.smtp_address) as smtp:
            smtp.send_message(mail)
    return deliver
"""

ASYNC_INI = """
[pytest]
addopts = -p no:playwright -p no:cacheprovider
asyncio_mode = auto
asyncio_default_fixture_loop_scope = session
asyncio_default_test_loop_scope = session
"""
"""The pytest.ini of a suite beside pytest-playwright-asyncio."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """A finished run."""

    root: Path
    code: int
    out: str

    @property
    def results(self) -> Path:
        """Where its artifacts are."""
        return self.root / "test-results"

    def folder(self, name: str) -> Path:
        """The artifacts of the one test whose folder has this in its name."""
        found = [path for path in self.results.iterdir() if path.is_dir() and name in path.name]
        assert len(found) == 1, f"{name}: {found}\n{self.out}"
        return found[0]

    def lines(self) -> list[dict[str, object]]:
        """What the run wrote down of itself."""
        return [json.loads(line) for line in (self.results / "results.jsonl").read_text().splitlines()]


def run(
    root: Path,
    tests: str,
    *args: str,
    config: Mapping[str, object] | None = None,
    more: Mapping[str, str] | None = None,
) -> Ran:
    """Run `tests` in an empty folder. Nothing of this repository but the installed plugin is in reach."""
    files = {
        "playwright.config.json": json.dumps(config or {}),
        "pytest.ini": "[pytest]\naddopts = -p no:playwright-asyncio -p no:cacheprovider\n",
        "conftest.py": HELPERS,
        "test_inner.py": dedent(tests),
        **(more or {}),
    }
    for name, content in files.items():
        (root / name).write_text(content)
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *args], cwd=root, capture_output=True, text=True, timeout=120, check=False
    )
    return Ran(root=root, code=done.returncode, out=done.stdout + done.stderr)
