"""What a project needs to run: the embedded inbox server, the application under test, a connection to its mail."""

import os
from collections.abc import Mapping
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from inboxwright.config import (
    EmbeddedOptions,
    Project,
    free_ports_needed,
    wants_variable,
    with_port,
    with_run_variables,
)
from inboxwright.errors import ProviderUnavailable
from inboxwright.inbox import Provider, connect
from inboxwright.inbox.dns import txt_record
from inboxwright.inbox.trackers import resolve_location
from inboxwright.mail import MatchPolicy
from inboxwright.processes import WebServer, free_port
from inboxwright.providers.embedded_server import EmbeddedServer


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """A project whose services are up."""

    project: Project
    """With the ports that were found, and the run's values in place."""
    inbox_options: Mapping[str, Any] = field(default_factory=dict)
    """How to reach the embedded server, if it was started here."""
    callbacks: Mapping[str, str] | None = None
    """How to reach the receiver of callbacks, if a web server was told where it is."""


def start(project: Project, services: ExitStack, *, output: Path) -> Running:
    """Start the embedded server, unless mail is received elsewhere, then each `webServer`; `services` stops them.

    The application learns from its environment where to send. Raises ConfigError or ProviderUnavailable.
    """
    server = _start_inbox_server(project, services)
    given: dict[str, str] = {}
    options: dict[str, Any] = {}
    if server is not None:
        given = _smtp_variables(server.smtp_address)
        options = {"url": server.url, "token": server.token}
    elif project.inbox.provider == "embedded" and project.web_server and project.inbox.smtp_address is None:
        with suppress(ProviderUnavailable):  # it may be one of the web servers
            given = _smtp_variables(_ask_where(project))
    callbacks = _start_receiver(project, services)
    if callbacks is not None:
        given["CALLBACK_URL"] = callbacks["url"]
    settled = settle(project, given)
    start_web_servers(settled, services, output=output)
    return Running(project=settled, inbox_options=options, callbacks=callbacks)


def _start_receiver(project: Project, services: ExitStack) -> dict[str, str] | None:
    """Of HTTP calls that the application makes, where its environment says where to: `${CALLBACK_URL}`."""
    if not wants_variable(project, "CALLBACK_URL"):
        return None
    from inboxwright.callbacks import Receiver

    receiver = services.enter_context(Receiver())
    return {"url": receiver.url, "token": receiver.token}


def _ask_where(project: Project) -> tuple[str, int] | None:
    """Where an inbox server that runs already takes mail; one that listens everywhere is named by its URL."""
    with connect_to(project) as provider:
        address = provider.smtp_address
    if address is None or not ip_address(address[0]).is_unspecified:
        return address
    return urlsplit(str(project.inbox.options["url"])).hostname or address[0], address[1]


def _smtp_variables(address: tuple[str, int] | None) -> dict[str, str]:
    return {} if address is None else {"SMTP_HOST": address[0], "SMTP_PORT": str(address[1])}


def _start_inbox_server(project: Project, services: ExitStack) -> EmbeddedServer | None:
    options = project.inbox.options
    if project.inbox.provider != "embedded" or "url" in options:
        return None
    server = EmbeddedServer.start(EmbeddedOptions(**options))
    services.callback(server.stop)
    return server


def settle(project: Project, given: Mapping[str, str]) -> Project:
    """Every port 0 a port that is free now, and the run's variables, `given` among them, in each web server's place."""
    ports = [free_port() for _ in range(free_ports_needed(project))]
    return with_run_variables(with_port(project, *ports), given, environ=os.environ)


def start_web_servers(project: Project, services: ExitStack, *, output: Path | None = None) -> None:
    """Each `webServer` in turn, the next one when the last is ready. Raises ConfigError with its last output."""
    for number, server in enumerate(project.web_server):
        settings: dict[str, Any] = {
            "url": server.url,
            "port": server.port,
            "env": server.env,
            "cwd": server.cwd or project.root,
            "timeout": server.timeout,
            "reuse_existing_server": server.reuse_existing_server,
            "ignore_https_errors": server.ignore_https_errors,
            "output": None if output is None else output / f"webserver-{server.name or number}.log",
        }
        services.enter_context(WebServer(server.command, **settings))


def connect_to(project: Project, *, run: str | None = None, options: Mapping[str, Any] | None = None) -> Provider:
    """A connection to where the project receives mail. `run`: the id that addresses carry. Raises a ProviderError."""
    inbox = project.inbox
    provider = connect(
        inbox.provider,
        domain=inbox.domain,
        timeout=inbox.timeout,
        run=run,
        allowed_senders=inbox.allowed_senders,
        blocked_senders=inbox.blocked_senders,
        require_authentication=inbox.require_authentication,
        policy=MatchPolicy(
            link_hosts=project.link_hosts,
            tracker_hosts=inbox.click_trackers,
            trusted_receivers=inbox.trusted_receivers,
            resolve=resolve_location,
            dns=txt_record,
        ),
        **{**inbox.options, **(options or {})},
    )
    if options:  # of a server that the run started
        provider.lives_with_run()
    return provider
