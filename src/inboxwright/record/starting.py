"""What a recording needs before its first page: the application, the inbox, the browser, and who walked before it."""

import os
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from inboxwright.browser import context_options, find_browser, launch_options
from inboxwright.config import Project
from inboxwright.errors import ConfigError
from inboxwright.identity import Identity
from inboxwright.inbox import Provider
from inboxwright.record.run import BrowserSettings, Walked
from inboxwright.record.session import Settings
from inboxwright.record.walk import find_flow, walk
from inboxwright.running import connect_to, start


def start_services(project: Project, services: ExitStack) -> tuple[Project, Provider]:
    """The application and the provider, as a test run would have them; `services` stops them. Raises ConfigError."""
    if project.use.base_url is None:
        raise ConfigError("there is no base URL to record against; set use.baseURL, or give --base-url")
    project = replace(project, inbox=project.inbox.each_account()[0])  # one person needs one account
    running = start(project, services, output=project.root / ".inboxwright" / "recordings")
    provider = connect_to(running.project, options=running.inbox_options)
    services.callback(provider.close)
    return running.project, provider


def settings_for(project: Project, *, name: str, start: str, headless: bool, after: str = "") -> Settings:
    """What is recorded, in a context as the project's tests have it."""
    context = context_options(project.use)
    if not headless:
        context.pop("viewport", None)
        context["no_viewport"] = True
    return Settings(
        name=name, base_url=project.require_base_url(), start=start, headless=headless, link_hosts=project.link_hosts,
        test_id_attribute=project.use.test_id_attribute, context=context, after=after,
    )  # fmt: skip


def browser_for(project: Project, *, headless: bool) -> BrowserSettings:
    """The project's browser, the system's where Playwright's own is not installed."""
    use = project.use
    launch = launch_options(use)
    if use.channel:
        launch["channel"] = use.channel
    if "executable_path" not in launch:
        found = find_browser(use.browser_name, channel=use.channel, headless=headless)
        if found is not None:
            launch["executable_path"] = str(found)
    return BrowserSettings(name=use.browser_name, headless=headless, launch=launch)


def walked_before(
    project: Project, provider: Provider, identity: Identity, settings: Settings, *, root: Path
) -> Walked | None:
    """The flow of `settings.after`, walked headless; None if there is none. Raises ConfigError."""
    if not settings.after:
        return None
    flow = find_flow(settings.after, root)
    context = {"base_url": settings.base_url, **context_options(project.use)}
    return walk(flow, provider, identity, browser_for(project, headless=True), context, hint=settings.name)


def test_dir_of(project: Project) -> str:
    """Where the project's tests are, from its root."""
    return Path(os.path.relpath(project.test_dir, project.root)).as_posix() if project.file else "e2e"
