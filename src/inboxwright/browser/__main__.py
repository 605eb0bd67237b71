"""`python -m inboxwright.browser install [chromium|firefox|webkit]`, what `make setup` calls."""

import sys

import click

from inboxwright.browser._install import install_browser
from inboxwright.errors import InboxwrightError


@click.group()
def main() -> None:
    """Get a browser for the tests."""


@main.command()
@click.argument("name", default="chromium", type=click.Choice(["chromium", "firefox", "webkit"]))
def install(name: str) -> None:
    """Make sure that there is a browser that starts."""
    try:
        install_browser(name, say=click.echo)
    except InboxwrightError as error:
        click.echo(f"error: {error}", err=True)
        sys.exit(1)


if __name__ == "__main__":
    main(prog_name="python -m inboxwright.browser")
