"""`init --url`: look at a running application, and write the journeys that it offers."""

from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

import click

from inboxwright.cli._skeleton import Application
from inboxwright.config import FILE_NAME, load
from inboxwright.errors import ConfigError
from inboxwright.explore import PEOPLE, Explorer, page, table, todo
from inboxwright.record import needs_ruff
from inboxwright.record.outcome import FOLDER


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What was asked for."""

    url: str
    command: str = ""
    people: int = PEOPLE
    yes: bool = False

    def application(self) -> Application:
        """How it is started and where it answers; with a command the URL's path is what tells that it is ready."""
        parts = urlsplit(self.url)
        if parts.scheme not in {"http", "https"} or not parts.netloc:
            raise ConfigError(f"--url {self.url}: that is no http or https URL")
        base = f"{parts.scheme}://{parts.netloc}" if self.command else self.url.rstrip("/")
        return Application(command=self.command, url=base, ready=self.url if self.command else "")


def agreed(order: Order) -> None:
    """Raise ConfigError for an application of somebody else's, unless it was agreed to."""
    host = urlsplit(order.url).hostname or ""
    if order.yes or _is_loopback(host):
        return
    raise ConfigError(
        f"exploring {host} would make up to {order.people} accounts there and have it send as many mails and more;"
        " add --yes if that is yours to do"
    )


def explore_into(directory: Path, order: Order) -> None:
    """Explore, say how it goes, and leave what passes; a page of it all is in .inboxwright/explored.html."""
    needs_ruff()
    project = load(directory / FILE_NAME)
    found = Explorer(project, say=click.echo, people=order.people).explore()
    summary = directory / FOLDER / "explored.html"
    summary.parent.mkdir(exist_ok=True)
    summary.write_text(page(found), encoding="utf-8")
    if left := todo(found):
        (directory / FOLDER / "TODO.md").write_text(left, encoding="utf-8")
    click.echo(f"\n{table(found)}\nWhat was seen and written: {summary}")


def _is_loopback(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
