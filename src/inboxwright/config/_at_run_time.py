"""What is settled when a run starts: port 0 everywhere, and `${SMTP_PORT}` and the like in `webServer`."""

from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import urlsplit, urlunsplit

from inboxwright.config._kinds import FrozenMap, expand
from inboxwright.config._project import Project
from inboxwright.config._reading import DEFAULT
from inboxwright.config._use import RUN_VARIABLES, WebServer
from inboxwright.errors import ConfigError, InboxwrightError


def free_ports_needed(project: Project) -> int:
    """How many free ports the run must find: one for each web server with port 0."""
    return sum(server.is_port_free for server in project.web_server)


def with_port(project: Project, *ports: int) -> Project:
    """The project with port 0 replaced: one port for each web server that has it, in their order.

    A base URL with port 0 gets that of the first.
    """
    if len(ports) != free_ports_needed(project):
        raise InboxwrightError(f"with_port: {free_ports_needed(project)} ports are needed, not {len(ports)}")
    rest = list(ports)
    servers = []
    for server in project.web_server:
        if server.is_port_free:
            port = rest.pop(0)
            url = None if server.url is None else url_with_port(server.url, port)
            server = replace(server, url=url, port=None if server.port is None else port)  # noqa: PLW2901  # the settled one takes its place
        servers.append(server)
    base = project.use.base_url
    if base is not None and urlsplit(base).port == 0:
        base = url_with_port(base, ports[0])
    return replace(project, web_server=tuple(servers), use=replace(project.use, base_url=base))


def url_with_port(url: str, port: int) -> str:
    """The URL with another port (RFC 3986 section 3.2.3)."""
    parts = urlsplit(url)
    host, _, _ = parts.netloc.rpartition(":")
    return urlunsplit(parts._replace(netloc=f"{host}:{port}"))


def wants_variable(project: Project, name: str) -> bool:
    """Whether a web server's command or environment takes this variable of the run."""
    words = "${" + name + "}"
    return any(
        words in text for server in project.web_server for text in (server.command, *map(str, server.env.values()))
    )


def with_run_variables(project: Project, given: Mapping[str, str], *, environ: Mapping[str, str]) -> Project:
    """The project whose web servers have their whole environment: the run's values, then `webServer.env`.

    `given` holds SMTP_HOST and SMTP_PORT if the provider listens itself; otherwise they are those of `inbox.smtp`; and
    CALLBACK_URL where one is wanted (`wants_variable`). PORT and BASE_URL are added here, so ports must be settled
    (`with_port`). What the run cannot give is taken from `environ`. Raises ConfigError for what neither has.
    """
    if project.inbox.smtp_address is not None:
        host, port = project.inbox.smtp_address
        given = {"SMTP_HOST": host, "SMTP_PORT": str(port), **given}
    base = project.use.base_url
    common = {**given, **({} if base is None else {"BASE_URL": base})}
    servers = []
    for index, server in enumerate(project.web_server):
        values = {**common, "PORT": str(server.address_port)}
        known = {**{name: environ[name] for name in RUN_VARIABLES if name in environ}, **values}
        servers.append(_filled(project, server, known, values, f"webServer[{index}]"))
    return replace(project, web_server=tuple(servers))


def _filled(
    project: Project, server: WebServer, known: Mapping[str, str], values: Mapping[str, str], path: str
) -> WebServer:
    def text(raw: str, key: str) -> str:
        def missing(name: str, _state: str) -> ConfigError:
            return project.origins.get(f"{path}.{key}", DEFAULT).error(
                f"takes ${{{name}}}, and the run has none{_WHY.get(name, '')}; set the environment variable {name}"
            )

        return expand(raw, known, missing=missing)[0]

    own = {name: type(raw)(text(raw, "env")) for name, raw in server.env.items()}
    command = text(server.command, "command")
    return replace(server, command=command, env=FrozenMap({**values, **own}))


_NO_SMTP = ", as the provider has no mail server of its own and inbox.smtp names none"
_WHY = {"SMTP_HOST": _NO_SMTP, "SMTP_PORT": _NO_SMTP, "BASE_URL": ", as use.baseURL is not given"}
