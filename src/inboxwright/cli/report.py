"""`inboxwright report`: one page from any number of runs and shards, and the history that they are added to."""

import json
from pathlib import Path

import click

from inboxwright import report as reports
from inboxwright.report.history import timings as latest
from inboxwright.report.moments import moment


@click.command()
@click.argument("places", nargs=-1, type=click.Path(exists=True, path_type=Path), metavar="[FOLDER|FILE]...")
@click.option("--output", default="playwright-report", type=click.Path(path_type=Path), help="Folder of the page.")
@click.option("--history", type=click.Path(path_type=Path), help="File that results are added to and rates come from.")
@click.option("--since", metavar="WHEN", help="Compare the history before and after a date, a time or a commit.")
@click.option("--timings", type=click.Path(path_type=Path), help="Write durations there, for even --shard parts.")
@click.option("--summary", type=click.Path(path_type=Path), help="Append the summary there, as Markdown.")
@click.option(
    "--last-failed", is_flag=True, help="Let `pytest --last-failed`, run here next, take the failures of all shards."
)
@click.option("--check", is_flag=True, help="Exit with 1 if a test failed, a run died, or there is no result.")
def report(
    places: tuple[Path, ...],
    output: Path,
    history: Path | None,
    since: str | None,
    timings: Path | None,
    summary: Path | None,
    *,
    last_failed: bool,
    check: bool,
) -> None:
    """Build one page from any number of runs and shards.

    FOLDER holds their output (test-results, or the downloads of all shards); FILE is one results.jsonl. It needs the
    extra: pip install 'inboxwright[report]'.
    """
    reports.require_extra()
    files = reports.find(places or [Path("test-results")])
    found = reports.load(files)
    lines = list(reports.read(*files))
    if history is not None:
        added = reports.merge_into(history, lines)
        lines = list(reports.read(history)) if history.exists() else lines
        click.echo(f"history: {added} lines added to {history}")
    cut = moment(since, lines) if since is not None else None
    index = reports.build(found, output, lines=lines, since=cut)
    if timings is not None:
        timings.write_text(json.dumps(latest(lines), indent=1, sort_keys=True) + "\n")
    if summary is not None:
        with summary.open("a", encoding="utf-8", errors="backslashreplace") as file:
            file.write(reports.summary(found) + "\n")
    if last_failed:
        click.echo(f"last failed: {reports.remember(found, Path.cwd())} tests, for pytest --last-failed")
    click.echo(found.verdict())
    click.echo(f"report: {index}")
    if check and not found.good:
        raise SystemExit(1)
