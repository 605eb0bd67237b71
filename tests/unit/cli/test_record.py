"""`inboxwright record` before a browser starts."""

import json
from contextlib import ExitStack
from pathlib import Path
from unittest.mock import Mock

import pytest
from click.testing import CliRunner

from inboxwright.cli import main
from inboxwright.config import FILE_NAME, Project, load
from inboxwright.record import starting
from tests.unit.record.samples import sign_up


def test_of_several_accounts_the_first_one_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("A", "a-key")
    monkeypatch.setenv("B", "b-key")
    accounts = [{"key": "${A}"}, {"key": "${B}"}]
    config = {"use": {"baseURL": "http://127.0.0.1:9"}, "inbox": {"provider": "mailslurp", "accounts": accounts}}
    (tmp_path / FILE_NAME).write_text(json.dumps(config))
    project = load(tmp_path / FILE_NAME)
    connected: list[Project] = []

    def connect(used: Project, **_: object) -> Mock:
        connected.append(used)
        return Mock()

    monkeypatch.setattr(starting, "connect_to", connect)

    with ExitStack() as services:
        starting.start_services(project, services)

    assert [dict(used.inbox.options)["key"] for used in connected] == ["a-key"]


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
