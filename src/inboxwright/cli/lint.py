"""`inboxwright lint`: refuses a change after which the tests say less than before."""

import click

from inboxwright.lint import changes, loosened
from inboxwright.lint.compare import RULES


@click.command
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("--base", default="HEAD", show_default=True, help="Compare with the point where this branch left it.")
@click.option(
    "--allow", multiple=True, type=click.Choice(sorted(RULES)), help="A rule that a person has decided to break."
)
def lint(paths: tuple[str, ...], base: str, allow: tuple[str, ...]) -> None:
    """Refuse a change that loosens a matcher, adds a sleep or a retry, or turns an assertion off.

    It reads what git says has changed since BASE, uncommitted and new files included: tests, flows and pages, and the
    configuration of pytest, Playwright and CI systems. The exit code is 1 if something is refused. In CI:
    inboxwright lint --base origin/main.
    """
    old, new = changes(base, paths)
    found = [finding for finding in loosened(old, new) if finding.rule not in allow]
    for finding in found:
        click.echo(str(finding))
    files = len(old.keys() | new.keys())
    click.echo(
        f"{len(found)} refused in {files} changed files" if found else f"nothing is looser in {files} changed files"
    )
    if found:
        raise SystemExit(1)
