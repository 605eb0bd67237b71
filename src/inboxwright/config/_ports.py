"""Port 0 made a real port, in all places at once."""

from dataclasses import replace
from urllib.parse import urlsplit, urlunsplit

from inboxwright.config._project import Project
from inboxwright.errors import InboxwrightError


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
