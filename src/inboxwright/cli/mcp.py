"""`inboxwright mcp`: the tools of this package for coding agents."""

from pathlib import Path

import click

from inboxwright.errors import ConfigError


@click.command("mcp")
@click.argument(
    "directory", metavar="[DIR]", default=".", type=click.Path(file_okay=False, exists=True, path_type=Path)
)
@click.option("--project", metavar="NAME", help="Project of playwright.config.json; its first one by default.")
def mcp(directory: Path, project: str | None) -> None:
    """Serve the suite in DIR to a coding agent, by the Model Context Protocol on standard input and output.

    New people with inboxes, mails with their links, codes and verdicts, pages of the application, files of the suite,
    test runs with their evidence. `inboxwright init --agents` writes the agents' own configuration. It needs the extra:
    pip install 'inboxwright[agents]'.
    """
    try:
        from inboxwright.agents.server import build
    except ModuleNotFoundError as error:
        raise ConfigError(f"mcp needs {error.name}; run: pip install 'inboxwright[agents]'") from None
    build(directory, project=project).run("stdio")
