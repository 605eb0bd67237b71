"""`python -m tests.rehearsal [NAME]...`, what `make rehearsal` calls: all scenarios, or those that are named."""

import shutil
import sys
from pathlib import Path

import click

from tests.rehearsal.scenarios import SCENARIOS, rehearse
from tests.rehearsal.staging import ROOT


@click.command()
@click.argument("names", nargs=-1, type=click.Choice([scenario.name for scenario in SCENARIOS]))
@click.option("--output", default=ROOT / ".cache/rehearsal", type=click.Path(path_type=Path), help="Logs and reports.")
def main(names: tuple[str, ...], output: Path) -> None:
    """Rehearse the nightly; exit with 1 if a report did not say what happened."""
    failed = False
    for scenario in SCENARIOS:
        if names and scenario.name not in names:
            continue
        shutil.rmtree(output / scenario.name, ignore_errors=True)
        click.echo(f"rehearsal: {scenario.name}: {scenario.says} …")
        outcome = rehearse(scenario, output)
        click.echo(f"  {outcome.tests} tests in {outcome.seconds:.0f} s: {outcome.verdict}")
        for problem in outcome.problems:
            failed = True
            click.echo(f"  PROBLEM: {problem}; see {output / scenario.name}")
    sys.exit(failed)


if __name__ == "__main__":
    main()
