"""`inboxwright sweep`: remove what dead runs left behind at the provider."""

import asyncio
import os
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import click

from inboxwright.address import named_run, run_of, split
from inboxwright.cli._project import load_project, project_options
from inboxwright.cli.serve import OptionType
from inboxwright.config import Project
from inboxwright.errors import ConfigError, InboxwrightError
from inboxwright.providers import Backend, open_backend
from inboxwright.server.serve_options import Kind

_AT_ONCE = 200  # addresses in one request


@dataclass(frozen=True, slots=True, kw_only=True)
class Leftover:
    """What one run has at the provider."""

    run: str
    addresses: tuple[str, ...]
    newest: datetime
    """When the newest mail of all its addresses came."""


def leftovers(found: Mapping[str, datetime], *, domain: str | None) -> list[Leftover]:
    """By run, oldest first. Only addresses that a run minted, at the domain (None: any); nobody else's mail."""
    by_run: defaultdict[str, dict[str, datetime]] = defaultdict(dict)
    for address, came in found.items():
        run = run_of(address)
        if run is not None and domain in (None, split(address)[1].lower()):
            by_run[run][address] = came
    runs = [Leftover(run=run, addresses=tuple(held), newest=max(held.values())) for run, held in by_run.items()]
    return sorted(runs, key=lambda left: left.newest)


def dead(runs: Iterable[Leftover], *, before: datetime, only: str | None, living: str | None) -> list[Leftover]:
    """The runs whose newest mail is older; with `only`, that run at any age; never the living one."""
    return [
        left for left in runs if (left.run == only if only else left.newest < before) and (left.run != living or only)
    ]


@click.command
@project_options
@click.option(
    "--older-than",
    type=OptionType(Kind.DURATION),
    default="24h",
    show_default=True,
    help="A run is dead when its newest mail is older than this.",
)
@click.option("--run", "only", metavar="ID", help="Only this run, however young; a report's header names it.")
@click.option("--dry-run", is_flag=True, help="Say what would be removed, and remove nothing.")
def sweep(
    project_name: str | None, config_file: Path | None, older_than: float, only: str | None, *, dry_run: bool
) -> None:
    """Remove what dead runs left behind at a project's provider, by run id and age.

    Only addresses that inboxwright minted are looked at. Mail of a younger run stays, and so does mail that it shares.
    """
    project = load_project(project_name, config_file)
    accounts, failed = project.inbox.each_account(), False
    for number, inbox in enumerate(accounts, start=1):
        if len(accounts) > 1:
            click.echo(f"account {number} of {len(accounts)}:")
        if inbox.provider == "embedded" and "url" not in inbox.options:
            click.echo("nothing to remove: the embedded server ends with the run that started it")
            continue
        try:
            asyncio.run(_sweep(replace(project, inbox=inbox), older_than=older_than, only=only, dry_run=dry_run))
        except InboxwrightError as error:
            if len(accounts) == 1:
                raise
            click.echo(f"Error: {error}", err=True)
            failed = True
    if failed:
        sys.exit(1)


async def _sweep(project: Project, *, older_than: float, only: str | None, dry_run: bool) -> None:
    backend = open_backend(project.inbox.provider, **project.inbox.options)
    try:
        await backend.open()
        found = await backend.leftovers()
        if found is None:
            name = project.inbox.provider
            raise ConfigError(f'the provider "{name}" cannot list what it holds; let its own retention remove old mail')
        now = datetime.now(UTC)
        runs = leftovers(found, domain=None if "plus" in project.inbox.options else project.inbox.domain)
        chosen = dead(
            runs,
            before=now - timedelta(seconds=older_than),
            only=only,
            living=named_run(os.environ, shared=True),
        )
        await _remove(backend, chosen, now=now, dry_run=dry_run)
        _conclude(runs, chosen, dry_run=dry_run)
    finally:
        await backend.close()


async def _remove(backend: Backend, chosen: Sequence[Leftover], *, now: datetime, dry_run: bool) -> None:
    for left in chosen:
        if not dry_run:
            for start in range(0, len(left.addresses), _AT_ONCE):
                await backend.delete(left.addresses[start : start + _AT_ONCE])
        done = "would be removed" if dry_run else "removed"
        click.echo(
            f"run {left.run}: {_count(left.addresses, 'address')}, newest mail {_age(now - left.newest)}: {done}"
        )


def _conclude(runs: Sequence[Leftover], chosen: Sequence[Leftover], *, dry_run: bool) -> None:
    kept = len(runs) - len(chosen)
    stays = f"; {_count(range(kept), 'younger run')} left alone" if kept else ""
    if not chosen:
        click.echo(f"nothing to remove{stays}")
    elif not dry_run:
        click.echo(f"removed {_count(chosen, 'run')}{stays}")


def _count(things: Sequence[Any], name: str) -> str:
    number = len(things)
    return f"{number} {name}" if number == 1 else f"{number} {name}{'es' if name.endswith('s') else 's'}"


def _age(age: timedelta) -> str:
    seconds = max(int(age.total_seconds()), 0)
    for unit, size in (("day", 86_400), ("hour", 3600), ("minute", 60)):
        if seconds >= 2 * size:
            return f"{seconds // size} {unit}s ago"
    return "a moment ago"
