"""`init --agents`: rules and definitions for coding agents, laid beside the suite in the forms that they read."""

import json
from collections.abc import Mapping
from importlib.resources import files
from typing import Final

_ROLES: Final[Mapping[str, str]] = {
    "planner": "Plans the end-to-end tests of a mailed journey, its negatives included",
    "generator": "Writes end-to-end tests of a mailed journey from a plan, and sees each of them red and green",
    "healer": "Repairs end-to-end tests after the application has changed, and never makes them say less",
}
"""The three that Playwright's own test agents have."""
_SERVER: Final = {"command": "inboxwright", "args": ["mcp"]}


def agent_files() -> dict[str, bytes]:
    """Each file by its path in the repository."""
    source = files("inboxwright.cli") / "agents"
    laid = {"AGENTS.md": (source / "AGENTS.md").read_text(encoding="utf-8")}
    for role, description in _ROLES.items():
        body = (source / f"{role}.md").read_text(encoding="utf-8")
        name = f"inboxwright-{role}"
        text = f"Read AGENTS.md first: its rules hold.\n\n{body}"
        tools = "  - inboxwright/*\n"
        laid[f".github/agents/{name}.agent.md"] = (
            f"---\nname: {name}\ndescription: {description}\ntools:\n{tools}---\n\n{text}"
        )
        laid[f".claude/agents/{name}.md"] = f"---\nname: {name}\ndescription: {description}\n---\n\n{text}"
        laid[f".opencode/prompts/{name}.md"] = text
    servers = {"inboxwright": _SERVER}
    laid[".mcp.json"] = json.dumps({"mcpServers": servers}, indent=2) + "\n"
    laid[".vscode/mcp.json"] = json.dumps({"servers": {"inboxwright": {"type": "stdio", **_SERVER}}}, indent=2) + "\n"
    opencode = {
        "mcp": {"inboxwright": {"type": "local", "command": ["inboxwright", "mcp"]}},
        "agent": {
            f"inboxwright-{role}": {
                "description": description,
                "mode": "subagent",
                "prompt": f"{{file:.opencode/prompts/inboxwright-{role}.md}}",
            }
            for role, description in _ROLES.items()
        },
    }
    laid["opencode.json"] = json.dumps(opencode, indent=2) + "\n"
    return {name: text.encode() for name, text in laid.items()}
