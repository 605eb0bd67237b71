"""`inboxwright record` before a browser starts."""

import json
from pathlib import Path

import pytest

from inboxwright.cli.record import Order, _project
from inboxwright.config import FILE_NAME


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
