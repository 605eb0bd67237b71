"""`inboxwright doctor`: check a project from end to end."""

import sys
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

import click

from inboxwright.cli import _doctor
from inboxwright.cli._project import load_project, project_options
from inboxwright.config import Project, describe
from inboxwright.errors import InboxwrightError
from inboxwright.inbox import Provider

T = TypeVar("T")


@click.command
@project_options
@click.option("--quiet", is_flag=True, help="Only the checks, not each value of the configuration.")
def doctor(project_name: str | None, config_file: Path | None, *, quiet: bool) -> None:
    """Check a project from end to end: configuration, browser, mail, application.

    First each value and where it came from, then one line a check. Exits with 1 if a check fails.
    """
    checks = _Checks()
    project = checks.run("configuration", lambda: load_project(project_name, config_file))
    if project is None:
        sys.exit(1)
    if not quiet:
        _show(project)
    checks.tell("ok", "configuration", f'project "{project.name}" of {project.file or "no file: all defaults"}')
    _examine(project, checks)
    if checks.failed:
        click.echo(f"\n{len(checks.failed)} of {checks.number} checks failed: {', '.join(checks.failed)}")
        sys.exit(1)


def _examine(project: Project, checks: "_Checks") -> None:
    checks.note("browser", lambda: _doctor.check_browser(project))
    first, *others = (replace(project, inbox=account) for account in project.inbox.each_account())
    _examine_run(first, checks)
    for other in others:
        with ExitStack() as stack:
            provider = _provider(other, checks, stack)
            if provider is not None:
                _mail(other, provider, checks)


def _examine_run(project: Project, checks: "_Checks") -> None:
    with ExitStack() as stack:
        if project.inbox.provider == "embedded":  # the application must be told where it listens
            provider = _provider(project, checks, stack)
            project = _web_servers(project, provider, checks, stack)
        else:  # which may itself be one of the web servers
            project = _web_servers(project, None, checks, stack)
            provider = _provider(project, checks, stack)
        if "web server" not in checks.failed:
            checks.note("base URL", lambda: _doctor.check_base_url(project))
        if provider is not None:
            _mail(project, provider, checks)


def _mail(project: Project, provider: Provider, checks: "_Checks") -> None:
    checks.note("mail", lambda: _doctor.check_mail(project, provider, _doctor.smtp_of(project, provider)))


def _provider(project: Project, checks: "_Checks", stack: ExitStack) -> Provider | None:
    connected = checks.run("provider", lambda: _doctor.check_provider(project, stack))
    if connected is None:
        return None
    checks.tell("ok", "provider", connected[1])
    return connected[0]


def _web_servers(project: Project, provider: Provider | None, checks: "_Checks", stack: ExitStack) -> Project:
    smtp = _doctor.smtp_of(project, provider)
    started = checks.run("web server", lambda: _doctor.start_web_servers(project, smtp, stack))
    if started is None:
        return project
    checks.tell("ok", "web server", started[1])
    return started[0]


@dataclass(slots=True, kw_only=True)
class _Checks:
    """Runs checks and tells each in one line."""

    number: int = 0
    failed: list[str] = field(default_factory=list)

    def run(self, name: str, check: Callable[[], T]) -> T | None:
        """What the check returns, or None where it failed or does not apply."""
        self.number += 1
        try:
            return check()
        except _doctor.Skipped as why:
            self.tell("--", name, str(why))
        except InboxwrightError as error:
            self.failed.append(name)
            self.tell("FAIL", name, str(error))
        return None

    def note(self, name: str, check: Callable[[], str]) -> None:
        """Run a check whose result is its line."""
        line = self.run(name, check)
        if line is not None:
            self.tell("ok", name, line)

    def tell(self, state: str, name: str, line: str) -> None:
        """One line; further ones of an application's output are indented."""
        colour = {"ok": "green", "FAIL": "red"}.get(state)
        click.echo(f"{click.style(f'{state:<5}', fg=colour)}{name:<15}" + line.replace("\n", "\n" + " " * 20))


def _show(project: Project) -> None:
    settings = describe(project)
    widths = [max(len(text) for text in texts) for texts in ([s.path for s in settings], [s.value for s in settings])]
    for setting in settings:
        click.echo(f"{setting.path:<{widths[0]}}  {setting.value:<{min(widths[1], 50)}}  {setting.origin}")
    click.echo()
