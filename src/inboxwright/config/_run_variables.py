"""`${SMTP_PORT}` and the like in `webServer`: filled in when the run knows them."""

from collections.abc import Mapping
from dataclasses import replace

from inboxwright.config import _variables
from inboxwright.config._origin import DEFAULT
from inboxwright.config._project import Project
from inboxwright.config._values import FrozenMap
from inboxwright.config._web_server import RUN_VARIABLES, WebServer
from inboxwright.errors import ConfigError


def with_run_variables(project: Project, given: Mapping[str, str], *, environ: Mapping[str, str]) -> Project:
    """The project whose web servers have their whole environment: the run's values, then `webServer.env`.

    `given` holds SMTP_HOST and SMTP_PORT if the provider listens itself; otherwise they are those of `inbox.smtp`. PORT
    and BASE_URL are added here, so ports must be settled (`with_port`). What the run cannot give is taken from
    `environ`. Raises ConfigError for what neither has.
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

        return _variables.expand(raw, known, missing=missing)[0]

    own = {name: type(raw)(text(raw, "env")) for name, raw in server.env.items()}
    command = text(server.command, "command")
    return replace(server, command=command, env=FrozenMap({**values, **own}))


_NO_SMTP = ", as the provider has no mail server of its own and inbox.smtp names none"
_WHY = {"SMTP_HOST": _NO_SMTP, "SMTP_PORT": _NO_SMTP, "BASE_URL": ", as use.baseURL is not given"}
