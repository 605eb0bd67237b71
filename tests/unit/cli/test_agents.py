"""What `init --agents` lays can be read by those whom it is for."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from inboxwright.cli import main


def test_rules_three_roles_and_the_server_are_laid_beside_a_suite(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "playwright.config.json").write_text("{}")

    done = CliRunner().invoke(main, ["init", "--agents"])

    assert done.exit_code == 0, done.output
    assert "inboxwright lint" in (tmp_path / "AGENTS.md").read_text()
    server = json.loads((tmp_path / ".mcp.json").read_text())["mcpServers"]["inboxwright"]
    assert [server["command"], *server["args"]] == ["inboxwright", "mcp"]
    for role in ("planner", "generator", "healer"):
        for path in (f".github/agents/inboxwright-{role}.agent.md", f".claude/agents/inboxwright-{role}.md"):
            text = (tmp_path / path).read_text()
            assert text.startswith(f"---\nname: inboxwright-{role}\ndescription: ")
        named = json.loads((tmp_path / "opencode.json").read_text())["agent"][f"inboxwright-{role}"]["prompt"]
        assert (tmp_path / named.removeprefix("{file:").removesuffix("}")).exists()
    assert not (tmp_path / "e2e").exists()
