"""`inboxwright init`: lay tests, flows, pages and a configuration into a repository."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

import click

from inboxwright.cli._agents import agent_files
from inboxwright.cli._ci import SYSTEMS, recipe
from inboxwright.cli._explore import Order, agreed, explore_into
from inboxwright.cli._scaffold import scaffold
from inboxwright.cli._skeleton import SMTP, Application, bones, lines, skeleton
from inboxwright.config import FILE_NAME
from inboxwright.errors import InboxwrightError
from inboxwright.explore import PEOPLE

_ANY_PORT = "http://127.0.0.1:0"


@click.command
@click.argument("directory", metavar="[DIR]", default=".", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--command", help="How the application is started; asked at a terminal. Empty: the run does not start it."
)
@click.option("--base-url", help=f"Where it answers; {_ANY_PORT}: the run chooses a port and gives it as PORT.")
@click.option("--url", help="Explore the application that answers here, and write the journeys that it offers.")
@click.option("--people", default=PEOPLE, show_default=True, help="With --url: people that may be made, at most.")
@click.option("--yes", is_flag=True, help="With --url: make accounts there though it is not on this machine.")
@click.option("--demo", is_flag=True, help="Lay the demo application with all its journeys instead; they run at once.")
@click.option("--keep", is_flag=True, help="Where files are there already, keep them and write the others.")
@click.option("--ci", type=click.Choice(list(SYSTEMS)), help="Add a nightly run for this CI system.")
@click.option("--agents", is_flag=True, help="Add AGENTS.md and definitions for coding agents.")
def init(
    directory: Path, *, command: str | None, base_url: str | None, url: str | None, people: int, yes: bool, demo: bool,
    keep: bool, ci: str | None, agents: bool,
) -> None:  # fmt: skip
    """Lay playwright.config.json, conftest.py, one page, one flow and one test into DIR (default: here).

    Nothing is ever overwritten: where files are there already it lists them and writes nothing, unless --keep. Lines
    are added to .gitignore, and to pytest's settings where both of Playwright's plugins are installed.
    Where there is a playwright.config.json already, --ci and --agents write their own files alone.
    """
    added = (recipe(ci, demo=demo) if ci else {}) | (agent_files() if agents else {})
    if added and (directory / FILE_NAME).exists():
        lay(directory, added, keep=keep)
        return
    if url:
        order = Order(url=url, command=command or "", people=people, yes=yes)
        agreed(order)
        if not (directory / FILE_NAME).exists():
            lay(directory, bones(order.application()) | added, keep=keep)
            add_lines(directory)
        explore_into(directory, order)
        return
    application = Application() if demo else _application(command, base_url)
    lay(directory, (scaffold() if demo else skeleton(application)) | added, keep=keep)
    if not demo:
        add_lines(directory)
    click.echo(_next_steps(directory, application, demo=demo))


def _application(command: str | None, base_url: str | None) -> Application:
    """As the options say, else as the person at the terminal does."""
    if command is None and _at_a_terminal():
        command = click.prompt(
            "How is the application started? (empty: it runs already)", default="", show_default=False
        )
        if base_url is None:
            base_url = click.prompt("Where does it answer?", default=_ANY_PORT if command else "${BASE_URL}")
    return Application(command=command or "", url=base_url or (_ANY_PORT if command else ""))


def _at_a_terminal() -> bool:
    return sys.stdin.isatty()


def lay(directory: Path, laid: Mapping[str, bytes], *, keep: bool) -> None:
    """Write the files that are not there. Raises InboxwrightError if some are, unless they are to be kept."""
    existing = sorted(name for name in laid if _is_taken(directory, name))
    if existing and not keep:
        listed = "".join(f"\n  {name}" for name in existing)
        raise InboxwrightError(
            f"nothing was written, as these are in {_shown(directory)} already:{listed}\n"
            "Move them away, choose another folder, or keep them and write the others with --keep."
        )
    for name in existing:
        click.echo(f"kept {name}")
    written = _write(directory, {name: content for name, content in laid.items() if name not in existing})
    click.echo(f"wrote {written} files into {_shown(directory)}")


def add_lines(directory: Path) -> None:
    """Add to .gitignore and to pytest's settings what is missing there, and say what only a person can add."""
    added, to_do = lines(directory)
    for name, content in added.items():
        with (directory / name).open("ab") as file:
            file.write(content)
        click.echo(f"added to {name}: {content.decode().strip().splitlines()[-1]}")
    for line in to_do:
        click.echo(line)


def _is_taken(directory: Path, name: str) -> bool:
    """Whether something is there, or a file stands where one of its folders must be."""
    path = directory / name
    parents = [parent for parent in path.parents if parent.is_relative_to(directory) and parent != directory]
    return os.path.lexists(path) or any(os.path.lexists(parent) and not parent.is_dir() for parent in parents)


def _write(directory: Path, laid: Mapping[str, bytes]) -> int:
    for name, content in laid.items():
        path = directory / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("xb") as file:  # x: what came there meanwhile is not overwritten either
                file.write(content)
        except OSError as error:
            raise InboxwrightError(f"{path} cannot be written: {error.strerror}") from error
    return len(laid)


def _shown(directory: Path) -> str:
    return "this folder" if directory == Path() else str(directory)


def _next_steps(directory: Path, application: Application, *, demo: bool) -> str:
    go = "" if directory == Path() else f"cd {directory} && "
    if demo:
        return (
            f"\nNext: {go}pytest e2e/ --browser chromium\nIf there is no browser: python -m inboxwright.browser install"
        )
    if application.command:
        mail = "let the application send its mail to SMTP_HOST and SMTP_PORT, which the run sets for it"
    else:
        start = "" if application.url else "set BASE_URL to where your application runs, and "
        mail = f"{start}let it send its mail to {SMTP}, where the run listens"
    return (
        f"\nNext:\n  1. {mail}\n"
        "  2. adapt pages/, flows/ and e2e/, one file each, or let `inboxwright record` write yours\n"
        f"  3. {go}pytest e2e/ --browser chromium; `inboxwright doctor` says what is missing"
    )
