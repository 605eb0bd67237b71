"""`inboxwright serve`: the embedded server on its own, shared by many runs and machines."""

import os
import sqlite3
from collections.abc import Callable
from ipaddress import ip_address
from typing import Any

import click

from inboxwright.server.data_folder import FolderGone, FolderInUse
from inboxwright.server.lifecycle import print_json, run
from inboxwright.server.serve_options import (
    Declared,
    Demand,
    Kind,
    ServerOptions,
    declared,
    read,
    shown,
    with_environment,
)

_PORTS = {"smtp": "127.0.0.1:1025", "http": "127.0.0.1:8025"}
"""People want the same ones every time; a program takes what is free."""


class OptionType(click.ParamType[Any]):
    """One of the server's kinds of options."""

    def __init__(self, kind: Kind) -> None:
        self.name = "|".join(Demand) if kind is Kind.DEMAND else kind.value
        self._kind = kind

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The value; a usage error that says how to write it."""
        try:
            read_value = read(self._kind, str(value))
        except ValueError as error:
            self.fail(str(error), param, ctx)
        if self._kind is Kind.FILE and not read_value.exists():
            self.fail(f"{str(value)!r} does not exist", param, ctx)
        return read_value


def _click(each: Declared) -> Callable[[Any], Any]:
    if each.kind is Kind.FLAG:
        return click.option(each.flag, each.name, is_flag=True, help=each.about)
    default = _PORTS.get(each.name) or shown(each.kind, each.default)
    return click.option(
        each.flag,
        each.name,
        type=OptionType(each.kind),
        default=default,
        show_default=default is not None,
        help=each.about,
    )


def _declared(command: Callable[..., None]) -> Callable[..., None]:
    for each in reversed([each for each in declared() if each.public]):
        command = _click(each)(command)
    return command


@click.command()
@_declared
@click.option("--json", "as_json", is_flag=True, help="Print one line of JSON when ready.")
def serve(as_json: bool, **given: Any) -> None:  # noqa: FBT001 - click passes them by name
    """Receive mail for any address, show it on a page, and hand it to tests.

    Sends nothing on. The HTTP side asks for a token: INBOXWRIGHT_TOKEN from the environment, else a random one.
    """
    try:
        options = ServerOptions(**with_environment(given, dict(os.environ)))
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    if not _loopback(options.http[0]):
        click.echo("The HTTP side is not on the loopback address: its token travels unencrypted.", err=True)

    def announce(ready: dict[str, Any]) -> None:
        if as_json:
            print_json(ready)
            return
        shown_token = "" if os.environ.get("INBOXWRIGHT_TOKEN") else f"?token={ready['token']}"
        click.echo(f"SMTP  {ready['smtp'][0]}:{ready['smtp'][1]}")
        click.echo(f"Page  {ready['http']}/{shown_token}")
        click.echo(f"API   {ready['http']}/v1/openapi.json{shown_token}")
        if options.data is None:
            click.echo("Mail is gone when this stops; --data keeps it.")

    try:
        run(options, announce)
    except (FolderInUse, FolderGone) as error:
        raise click.ClickException(str(error)) from error
    except OSError as error:
        raise click.ClickException(f"cannot serve: {error}; choose another --smtp, --http or --data") from error
    except (sqlite3.Error, RuntimeError) as error:
        raise click.ClickException(f"cannot open the store in {options.data}: {error}") from error


def _loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
