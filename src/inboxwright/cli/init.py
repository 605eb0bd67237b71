"""`inboxwright init`: lay tests, flows, pages and a configuration into a repository."""

import os
from collections.abc import Mapping
from pathlib import Path

import click

from inboxwright.cli._ci import SYSTEMS, recipe
from inboxwright.cli._scaffold import SMTP, scaffold
from inboxwright.config import FILE_NAME
from inboxwright.errors import InboxwrightError


@click.command
@click.argument("directory", metavar="[DIR]", default=".", type=click.Path(file_okay=False, path_type=Path))
@click.option("--demo", is_flag=True, help="Add the demo application, so that the tests run at once.")
@click.option("--keep", is_flag=True, help="Where files are there already, keep them and write the others.")
@click.option("--ci", type=click.Choice(list(SYSTEMS)), help="Add a nightly run for this CI system.")
def init(directory: Path, *, demo: bool, keep: bool, ci: str | None) -> None:
    """Lay e2e/, flows/, pages/, conftest.py, playwright.config.json and .github/ into DIR (default: here).

    Nothing is ever overwritten: where files are there already it lists them and writes nothing, unless --keep.
    Where there is a playwright.config.json already, --ci writes its own file alone.
    """
    added = recipe(ci, demo=demo) if ci else {}
    laid = added if added and (directory / FILE_NAME).exists() else scaffold(demo=demo) | added
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
    click.echo(_next_steps(directory, demo=demo))


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


def _next_steps(directory: Path, *, demo: bool) -> str:
    go = "" if directory == Path() else f"  cd {directory}\n"
    run = "  pytest e2e/ --browser chromium\n"
    if demo:
        return f"\nNext:\n{go}{run}\nIf there is no browser: python -m inboxwright.browser install"
    return (
        f"\nNext:\n{go}"
        "  set BASE_URL to where your application runs\n"
        f"  let it send its mail to {SMTP}, where the run listens (playwright.config.json, inbox.smtp)\n"
        "  adapt pages/, then flows/: the first line of each file says what\n"
        f"{run}\n`inboxwright doctor` checks the configuration, the browser, the application and the mail."
    )
