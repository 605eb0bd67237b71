"""`inboxwright compare`: two suites run in turn, and one page that says which fails less and which is faster."""

import tempfile
from pathlib import Path

import click

from inboxwright.report import require_extra
from inboxwright.report.compare import compare as run_both


@click.command
@click.option("--old", required=True, metavar="COMMAND", help='Such as "pytest old/".')
@click.option("--new", required=True, metavar="COMMAND", help='Such as "pytest e2e/ --browser chromium".')
@click.option("--runs", default=30, show_default=True, type=click.IntRange(2), help="How often each is run.")
@click.option("--output", default="compare.html", show_default=True, type=click.Path(path_type=Path, dir_okay=False))
def compare(old: str, new: str, runs: int, output: Path) -> None:
    """Run two suites in turn, and build one page: failures and flakes with their intervals, minutes.

    With 30 runs of each, a test that fails one time in five and none that does are told apart. Both commands
    must be pytest's. It needs the extra: pip install 'inboxwright[report]'.
    """
    require_extra()
    with tempfile.TemporaryDirectory() as folder:
        found = run_both(old, new, runs=runs, folder=Path(folder), tell=click.echo)
    output.write_text(found.page(), encoding="utf-8")
    click.echo("\n" + "\n".join(found.lines()))
    click.echo(f"\npage: {output}")
