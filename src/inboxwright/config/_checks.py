"""What must hold between the keys of a project."""

from urllib.parse import urlsplit

from inboxwright.config._keys import keys_of
from inboxwright.config._kinds import SecretText
from inboxwright.config._project import Project, host_of, is_allowed
from inboxwright.config._provider_options import PROVIDERS
from inboxwright.config._reading import DEFAULT, Origin


def check(project: Project) -> None:
    """Raises ConfigError for the first thing that does not fit."""
    _options(project)
    _accounts(project)
    _authentication(project)
    _web_servers(project)
    _free_port(project)
    _allowed_hosts(project)
    _output_dir(project)


def _options(project: Project) -> None:
    """What the provider needs is given for all accounts or by each."""
    provider = project.inbox.provider
    for key in keys_of(PROVIDERS[provider]).values():
        if key.required and not all(key.attribute in account.options for account in project.inbox.each_account()):
            also = f", or the variable {key.variable}" if key.variable else ""
            write = '"${NAME}"' if isinstance(key.kind, SecretText) else "it"
            inbox = _origin(project, "inbox")
            raise inbox.error(
                f'is missing, and the provider "{provider}" needs it; write {write} there{also}',
                path=inbox.path / key.name,
            )


def _accounts(project: Project) -> None:
    """The run starts one embedded server at most."""
    inbox = project.inbox
    if not inbox.accounts or inbox.provider != "embedded":
        return
    if not all("url" in account.options for account in inbox.each_account()):
        raise _origin(project, "inbox.accounts").error(
            "an account of the embedded provider is a server that runs already; give each its url and token"
        )


def _authentication(project: Project) -> None:
    if project.inbox.require_authentication and not project.inbox.trusted_receivers:
        raise _origin(project, "inbox.requireAuthentication").error(
            "needs inbox.trustedReceivers, the authserv-ids of those whose verdicts are believed"
        )


def _web_servers(project: Project) -> None:
    for index, server in enumerate(project.web_server):
        if (server.url is None) == (server.port is None):
            also = "" if server.url is None else ", and not by both"
            raise _origin(project, f"webServer[{index}]").error(
                f'say how to know that it is ready, by "url" or by "port"{also}'
            )


def _free_port(project: Project) -> None:
    base = project.use.base_url
    if base is not None and urlsplit(base).port == 0 and not any(s.is_port_free for s in project.web_server):
        raise _origin(project, "use.baseURL").error(
            "port 0 is the free port that the run finds for a webServer, and no webServer has port 0; give it one,"
            " or name the port here"
        )


def _allowed_hosts(project: Project) -> None:
    base = project.use.base_url
    if base is None or not project.allowed_hosts or is_allowed(base, project.allowed_hosts):
        return
    origin = _origin(project, "use.baseURL")
    allowed = ", ".join(project.allowed_hosts)
    raise origin.error(
        f'the host {host_of(base)} is not allowed for project "{project.name}", which has allowedHosts: {allowed};'
        " correct the URL, or add the host there"
    )


def _output_dir(project: Project) -> None:
    """The run empties this folder: it must hold nothing else."""
    if any(kept.is_relative_to(project.output_dir) for kept in (project.root, project.test_dir)):
        raise _origin(project, "outputDir").error(
            f"{project.output_dir} is emptied at the start of a run, and it holds the tests or the configuration;"
            ' name a folder of its own, such as "test-results"'
        )


def _origin(project: Project, path: str) -> Origin:
    return project.origins.get(path, DEFAULT)
