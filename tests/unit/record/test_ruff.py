"""Recorded code is written by ruff, and without it nothing is."""

from pathlib import Path

import pytest

from inboxwright.errors import ConfigError
from inboxwright.record.generate import generate, modules
from tests.unit.record.samples import sign_up


def test_without_ruff_one_line_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(modules, "find_spec", lambda name: None)
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(ConfigError, match=r"ruff .* is not installed; pip install 'inboxwright\[record\]'"):
        generate(sign_up(), tmp_path)


def test_lines_are_as_long_as_the_project_wants_them(tmp_path: Path) -> None:
    (tmp_path / "ruff.toml").write_text("line-length = 60\n", encoding="utf-8")

    files = generate(sign_up(), tmp_path).files

    assert (
        max(len(line) for text in files.values() for line in text.splitlines() if '"""' not in line and "#" not in line)
        <= 60
    )


def test_what_ruff_refuses_is_told_by_name(tmp_path: Path) -> None:
    (tmp_path / "ruff.toml").write_text("line-length = 'long'\n", encoding="utf-8")

    with pytest.raises(ConfigError, match=r"ruff check failed on .*\.py"):
        generate(sign_up(), tmp_path)
