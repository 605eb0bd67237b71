"""`inboxwright serve`: the embedded server on its own, shared by many runs and machines."""

import os
import re
import sqlite3
from dataclasses import replace
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import click

from inboxwright.server.options import MEBIBYTE, ServerOptions, SmtpAuth
from inboxwright.server.run import print_json, run

_UNITS = {"": 1, "k": 1024, "m": MEBIBYTE, "g": 1024 * MEBIBYTE}
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}


class Address(click.ParamType[tuple[str, int]]):
    """HOST:PORT, [IPv6]:PORT or PORT."""

    name = "host:port"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, int]:
        """Host and port; the loopback address when there is no host."""
        host, _, port = str(value).rpartition(":")
        if not port.isdigit() or int(port) > 65_535:
            self.fail(f"{value!r} is not HOST:PORT", param, ctx)
        return host.strip("[]") or "127.0.0.1", int(port)


class Size(click.ParamType[int]):
    """Bytes, or with a unit: 500k, 25M, 2G."""

    name = "size"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Bytes."""
        found = re.fullmatch(r"(\d+)([kmg]?)(?:i?b)?", str(value).lower())
        if not found or int(found[1]) == 0:
            self.fail(f"{value!r} is not a size; write it like 500k, 25M or 2G", param, ctx)
        return int(found[1]) * _UNITS[found[2]]


class Duration(click.ParamType[float]):
    """With a unit: 90s, 30m, 12h, 7d."""

    name = "duration"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Seconds."""
        found = re.fullmatch(r"(\d+)([smhd])", str(value).lower())
        if not found or int(found[1]) == 0:
            self.fail(f"{value!r} is not a duration; write it like 90s, 30m, 12h or 7d", param, ctx)
        return float(int(found[1]) * _SECONDS[found[2]])


@click.command()
@click.option("--smtp", type=Address(), default="127.0.0.1:1025", show_default=True, help="Where to take mail.")
@click.option("--http", type=Address(), default="127.0.0.1:8025", show_default=True, help="Where to show it.")
@click.option("--data", type=click.Path(path_type=Path, file_okay=False), help="Keep the mail in this folder.")
@click.option("--flush", is_flag=True, help="With --data: answer 250 once the mail is on the disk, power cut or not.")
@click.option("--retention", type=Duration(), help="Delete mail that is older, such as 12h or 7d.")
@click.option("--max-message-size", type=Size(), default="25M", show_default=True, help="Larger ones get 552.")
@click.option("--max-storage", type=Size(), help="Refuse mail with 452 once this much is stored, such as 2G.")
@click.option("--max-line-length", type=Size(), default="64k", show_default=True, help="Of a message's text.")
@click.option("--tls-certificate", type=click.Path(path_type=Path, exists=True), help="PEM: offer STARTTLS.")
@click.option("--tls-key", type=click.Path(path_type=Path, exists=True), help="PEM, if it is not in there.")
@click.option(
    "--smtp-auth",
    type=click.Choice(["none", "any", "required"]),
    default="none",
    show_default=True,
    help="Offer AUTH. INBOXWRIGHT_SMTP_USER and INBOXWRIGHT_SMTP_PASSWORD say who may; any name without them.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one line of JSON when ready.")
def serve(smtp_auth: str, as_json: bool, **given: Any) -> None:  # noqa: FBT001 - click passes them by name
    """Receive mail for any address, show it on a page, and hand it to tests.

    Sends nothing on. The HTTP side asks for a token: INBOXWRIGHT_TOKEN from the environment, else a random one.
    """
    token = os.environ.get("INBOXWRIGHT_TOKEN")
    options = ServerOptions(**given, smtp_auth=_auth(smtp_auth))
    if token:
        options = replace(options, token=token)
    if options.tls_key and not options.tls_certificate:
        raise click.UsageError("--tls-key needs --tls-certificate")
    if not _loopback(options.http[0]):
        click.echo("The HTTP side is not on the loopback address: its token travels unencrypted.", err=True)

    def announce(ready: dict[str, Any]) -> None:
        if as_json:
            print_json(ready)
            return
        shown = f"?token={ready['token']}" if token is None else ""
        click.echo(f"SMTP  {ready['smtp'][0]}:{ready['smtp'][1]}")
        click.echo(f"Page  {ready['http']}/{shown}")
        click.echo(f"API   {ready['http']}/v1/openapi.json{shown}")
        if options.data is None:
            click.echo("Mail is gone when this stops; --data keeps it.")

    try:
        run(options, announce)
    except OSError as error:
        raise click.ClickException(f"cannot serve: {error}; choose another --smtp, --http or --data") from error
    except (sqlite3.Error, RuntimeError) as error:
        raise click.ClickException(f"cannot open the store in {options.data}: {error}") from error


def _auth(choice: str) -> SmtpAuth | None:
    if choice == "none":
        return None
    user = os.environ.get("INBOXWRIGHT_SMTP_USER")
    password = os.environ.get("INBOXWRIGHT_SMTP_PASSWORD")
    if (user is None) != (password is None):
        raise click.UsageError("set both INBOXWRIGHT_SMTP_USER and INBOXWRIGHT_SMTP_PASSWORD, or neither")
    return SmtpAuth(user=user, password=password or "", required=choice == "required")


def _loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
