"""The command `inboxwright`. One command a file, imported when it is called, so that --help answers at once."""

import importlib
import sys
from collections.abc import Mapping
from difflib import get_close_matches
from importlib.metadata import version
from io import TextIOWrapper
from typing import Any, Final

import click

from inboxwright.errors import InboxwrightError

COMMANDS: Final[Mapping[str, str]] = {
    "init": "Lay tests, flows, pages and a configuration into a repository.",
    "serve": "Run the embedded inbox server, with a page that shows its mail.",
    "record": "Walk through a journey in a browser and get a test for it.",
    "explain": "Say what is in a saved mail, and why a link or code was or was not taken.",
    "doctor": "Check a project from end to end: configuration, browser, application, mail.",
    "sweep": "Remove what dead runs left behind at the provider.",
    "lint": "Refuse a change after which the tests say less than before.",
    "compare": "Run two suites in turn, and say which fails less and which is faster.",
    "mcp": "Serve a suite to a coding agent, by the Model Context Protocol.",
    "report": "Build one page from any number of runs and shards.",
}
"""Each command with its one line; its file is cli/NAME.py, which holds a click command of that name."""


class _Commands(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        del ctx
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(importlib.import_module(f"inboxwright.cli.{cmd_name}"), cmd_name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click's own, and the nearest command for one that is not known."""
        name = args[0]
        if name not in COMMANDS and not name.startswith("-"):
            near = get_close_matches(name, COMMANDS, n=1)
            ctx.fail(f'there is no command "{name}"' + (f'; did you mean "{near[0]}"?' if near else ""))
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def invoke(self, ctx: click.Context) -> Any:
        """Errors that say what to do need no traceback, and a console without a letter shows another one."""
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, TextIOWrapper):
                stream.reconfigure(errors="replace")  # cp1252, where output is piped on Windows, has no arrow
        try:
            return super().invoke(ctx)
        except InboxwrightError as error:
            raise click.ClickException(str(error)) from error
        except OSError as error:  # a file that cannot be read or written
            raise click.ClickException(
                f"{error.filename}: {error.strerror}" if error.filename else str(error)
            ) from error


def _show_version(ctx: click.Context, _parameter: click.Parameter, wanted: bool) -> None:  # noqa: FBT001 - click's own
    if wanted and not ctx.resilient_parsing:
        click.echo(f"inboxwright {version('inboxwright')}")
        ctx.exit()


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_show_version, help="Show the version."
)
def main() -> None:
    """Playwright end-to-end testing for email-verified user flows."""
