"""A change that makes tests say less is refused by name and line, and an honest one passes."""

import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from inboxwright.cli import main
from inboxwright.lint import loosened
from tests.unit.lint.cases import BEFORE, HONEST, LOOSER

NAME = "e2e/test_sign_up.py"


@pytest.mark.parametrize(("old", "new", "rule"), LOOSER.values(), ids=LOOSER)
def test_a_looser_test_is_refused(old: str, new: str, rule: str) -> None:
    assert BEFORE.count(old) == 1

    found = loosened({NAME: BEFORE}, {NAME: BEFORE.replace(old, new)})

    assert rule in {finding.rule for finding in found}, found


@pytest.mark.parametrize(("old", "new"), HONEST.values(), ids=HONEST)
def test_an_honest_change_passes(old: str, new: str) -> None:
    assert old in BEFORE

    assert loosened({NAME: BEFORE}, {NAME: BEFORE.replace(old, new)}) == []


def test_a_test_that_moved_to_another_file_passes() -> None:
    at = BEFORE.index("def test_a_code")
    new = {NAME: BEFORE[:at], "e2e/test_code.py": f"import re\n\n{BEFORE[at:]}"}

    assert loosened({NAME: BEFORE}, new) == []


def test_a_file_of_tests_that_is_gone_is_refused() -> None:
    assert {finding.rule for finding in loosened({NAME: BEFORE}, {})} == {"assertion"}


@pytest.mark.parametrize(
    ("path", "line", "rule"),
    [
        ("pytest.ini", "addopts = --reruns 2", "retry"),
        ("playwright.config.json", '  "retries": 2,', "retry"),
        ("playwright.config.json", '  "forbidOnly": false,', "assertion"),
        (".github/workflows/e2e.yml", "        continue-on-error: true", "retry"),
        (".github/workflows/e2e.yml", "      - run: pytest e2e/ || true", "assertion"),
        ("pyproject.toml", 'addopts = "--deselect e2e/test_a.py::test_b"', "skip"),
    ],
)
def test_a_setting_that_tolerates_failures_is_refused_where_it_is_new(path: str, line: str, rule: str) -> None:
    (found,) = loosened({path: "x\n"}, {path: f"x\n{line}\n"})

    assert (found.rule, found.line) == (rule, 2)
    assert loosened({path: line}, {path: f"{line}\ny"}) == []


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "e2e").mkdir()
    (tmp_path / NAME).write_text(BEFORE)
    git = ["git", "-c", "user.name=n", "-c", "user.email=n@orchard.test"]
    for command in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "x"]):
        subprocess.run([*git, *command], check=True)
    return tmp_path


def test_the_command_names_file_line_rule_and_remedy(repository: Path) -> None:
    (repository / NAME).write_text(BEFORE.replace('subject="Confirm your email", ', ""))
    (repository / "e2e/test_new.py").write_text("import time\n\ndef test_a():\n    time.sleep(1)\n")
    (repository / "app.py").write_text("import time\ntime.sleep(1)\n")

    done = CliRunner().invoke(main, ["lint"])

    assert done.exit_code == 1
    assert done.output.splitlines() == [
        "e2e/test_new.py:4: sleep: a fixed pause was added; wait for an event, an expectation or a mail instead",
        (
            "e2e/test_sign_up.py:8: matcher: expect_message: subject='Confirm your email' is no longer asked for; "
            "keep it as strict as it was; correct what it names if the application has changed"
        ),
        "2 refused in 2 changed files",
    ]
    assert CliRunner().invoke(main, ["lint", "--allow", "sleep", "--allow", "matcher"]).exit_code == 0


def test_nothing_changed_and_no_repository(
    repository: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert CliRunner().invoke(main, ["lint"]).output == "nothing is looser in 0 changed files\n"
    assert "no-such-branch" in CliRunner().invoke(main, ["lint", "--base", "no-such-branch"]).output
    monkeypatch.chdir(tmp_path_factory.mktemp("none"))
    assert "not a git repository" in CliRunner().invoke(main, ["lint"]).output
