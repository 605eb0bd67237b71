"""`inboxwright record` before a browser starts."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from inboxwright.cli import main
from inboxwright.cli.record import Order, _project
from inboxwright.config import FILE_NAME
from tests.unit.record.samples import sign_up


def test_of_several_accounts_the_first_one_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("A", "a-key")
    monkeypatch.setenv("B", "b-key")
    accounts = [{"key": "${A}"}, {"key": "${B}"}]
    (tmp_path / FILE_NAME).write_text(json.dumps({"inbox": {"provider": "mailslurp", "accounts": accounts}}))

    order = Order(
        name="sign_up", url="/", project_name=None, config_file=tmp_path / FILE_NAME, base_url=None, after="",
        check=False, source=None, engine="inboxwright", headless=True, force=False, seed=None,
    )  # fmt: skip
    project = _project(order)

    assert dict(project.inbox.options) == {"key": "a-key"}


def test_tests_may_be_outside_the_configurations_folder(tmp_path: Path) -> None:
    home = tmp_path / "project"
    home.mkdir()
    (home / FILE_NAME).write_text(json.dumps({"testDir": "../e2e"}))
    (home / "join.json").write_text(sign_up().dump(), encoding="utf-8")

    given = ["join", "--from", str(home / "join.json"), "--no-check", "--playwright-config", str(home / FILE_NAME)]
    done = CliRunner().invoke(main, ["record", *given])

    assert done.exit_code == 0, done.output
    assert (tmp_path / "e2e/test_join.py").exists()
    assert (home / "flows/join.py").exists()
