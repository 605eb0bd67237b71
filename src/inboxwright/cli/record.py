"""`inboxwright record`: walk through a journey once and get page objects, a flow and tests for it."""

from contextlib import ExitStack
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

import click

from inboxwright.address import new_id
from inboxwright.cli._project import load_project, project_options
from inboxwright.config import Override, Project
from inboxwright.identity import Identity
from inboxwright.record import (
    Driver,
    Timeline,
    browser_for,
    codegen_driver,
    codegen_start,
    needs_playwright,
    needs_ruff,
    refuse_taken,
    run_codegen,
    settings_for,
    start_services,
    test_dir_of,
    walked_before,
    write_and_check,
)
from inboxwright.record import record as carry_out

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What was asked for on the command line."""

    name: str | None
    url: str | None
    project_name: str | None
    config_file: Path | None
    base_url: str | None
    after: str
    check: bool
    source: Path | None
    engine: str
    headless: bool
    force: bool
    seed: str | None


@click.command()
@click.argument("name", required=False)
@click.option("--url", help="Where the journey begins: a path of the base URL. Default: /, or where an import begins.")
@project_options
@click.option("--base-url", help="Record against this; the project's webServer is not started.")
@click.option("--after", default="", help="Walk this flow first (sign_up, or module:function) and begin behind it.")
@click.option("--check/--no-check", default=True, show_default=True, help="Run the new test at once.")
@click.option(
    "--from", "source", type=_FILE,
    help="Import this instead: what `playwright codegen --target python-pytest` wrote, or a recorded timeline.",
)  # fmt: skip
@click.option(
    "--engine", type=click.Choice(["inboxwright", "codegen"]), default="inboxwright", show_default=True,
    help="Who listens: inboxwright, or Playwright's own codegen beside the panel.",
)  # fmt: skip
@click.option("--headless", is_flag=True, help="Without windows; for imports, or where a robot drives.")
@click.option("--force", is_flag=True, help="Overwrite files of this name even if they were edited.")
@click.option("--seed", help="Decides who the made-up person is.")
def record(**options: Any) -> None:
    """Walk through a journey once in a browser, and get page objects, a flow and tests for it under NAME.

    The panel beside the browser shows a fresh address, a made-up person and every mail that arrives. Press "Finish"
    when the journey is done.
    """
    run(Order(**options))


def run(order: Order, driver: Driver | None = None) -> Timeline:
    """Do what was ordered; `driver` stands in for the person. Raises an InboxwrightError."""
    needs_ruff()
    project = _project(order)
    name = order.name or (order.source.stem.removeprefix("test_") if order.source else "journey")
    if not order.force:
        refuse_taken(name, project.root, test_dir=test_dir_of(project))
    if order.source and order.source.suffix == ".json":
        timeline = replace(Timeline.load(order.source.read_text(encoding="utf-8")), name=name)
        click.echo(
            write_and_check(
                timeline, project.root, check=_check_arguments(order), test_dir=test_dir_of(project), force=order.force
            )
        )
        return timeline
    needs_playwright(version("playwright"))
    if order.source is not None:
        driver = codegen_driver(order.source, say=click.echo)
    with ExitStack() as services:
        project, provider = start_services(project, services)
        beginning = order.url or (codegen_start(order.source) if order.source else "/")
        settings = settings_for(project, name=name, start=beginning, headless=order.headless, after=order.after)
        browser = browser_for(project, headless=order.headless)
        identity = Identity.generate(order.seed or new_id(), locale=project.use.locale or "en_US")
        if order.engine == "codegen" and order.source is None:
            written = run_codegen(settings, browser, provider, identity, say=click.echo)
            driver = codegen_driver(written, say=click.echo)
        if order.engine == "codegen" or order.source is not None:
            settings, browser = replace(settings, headless=True), browser_for(project, headless=True)
        walked = walked_before(project, provider, identity, settings, root=project.root)

        def finish(timeline: Timeline) -> str:
            services.close()  # the check starts its own; a fixed port must be free for it
            return write_and_check(
                timeline, project.root, check=_check_arguments(order), test_dir=test_dir_of(project), force=order.force
            )

        if driver is None:
            click.echo('Walk through the journey in the browser window; press "Finish" in the panel when it is done.')
        return carry_out(
            settings,
            browser,
            provider,
            identity,
            finish=lambda found: _said(finish(found)),
            driver=driver,
            walked=walked,
        )


def _said(report: str) -> str:
    click.echo(report)
    return report


def _project(order: Order) -> Project:
    overrides = {} if order.base_url is None else {"use.baseURL": Override(option="--base-url", value=order.base_url)}
    project = load_project(order.project_name, order.config_file, overrides)
    return project if order.base_url is None else replace(project, web_server=())


def _check_arguments(order: Order) -> tuple[str, ...] | None:
    if not order.check:
        return None
    arguments: list[str] = []
    if order.config_file:
        arguments += ["--playwright-config", str(order.config_file.resolve())]
    if order.project_name:
        arguments += ["--project", order.project_name]
    if order.base_url:
        arguments += ["--base-url", order.base_url]
    return tuple(arguments)
