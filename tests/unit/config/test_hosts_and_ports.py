"""Which hosts are allowed, and how port 0 becomes a port."""

import pytest

from inboxwright.config import free_ports_needed, with_port, with_run_variables
from inboxwright.config._project import host_of, is_allowed
from inboxwright.errors import ConfigError, InboxwrightError
from tests.unit.config.conftest import Loader, Refusal

FREE = {
    "use": {"baseURL": "http://127.0.0.1:0/app"},
    "webServer": {
        "command": "serve --port ${PORT}",
        "url": "http://127.0.0.1:0/healthz",
        "env": {"MAIL_PORT": "${SMTP_PORT}", "SITE": "${BASE_URL}", "PRICE": "$${X}"},
    },
}


def test_port_0_becomes_the_same_port_everywhere(settled: Loader) -> None:
    project = with_port(settled(FREE), 8123)

    assert free_ports_needed(settled(FREE)) == 1
    assert free_ports_needed(project) == 0
    assert project.use.base_url == "http://127.0.0.1:8123/app"
    assert project.web_server[0].url == "http://127.0.0.1:8123/healthz"
    assert project.web_server[0].address_port == 8123


def test_each_web_server_with_port_0_gets_a_port_of_its_own(settled: Loader) -> None:
    servers = [
        {"command": "a", "url": "http://[::1]:0/"},
        {"command": "b", "port": 7},
        {"command": "c", "port": 0},
    ]

    project = with_port(settled({"webServer": servers, "use": {"baseURL": "http://a.test:0"}}), 81, 82)

    assert project.use.base_url == "http://a.test:81"
    assert [server.url or server.port for server in project.web_server] == ["http://[::1]:81/", 7, 82]
    with pytest.raises(InboxwrightError, match="2 ports are needed, not 1"):
        with_port(settled({"webServer": servers}), 81)


def test_the_run_fills_in_what_only_it_knows(settled: Loader) -> None:
    project = with_port(settled(FREE), 8123)

    ready = with_run_variables(project, {"SMTP_HOST": "127.0.0.1", "SMTP_PORT": "25"}, environ={})

    assert ready.web_server[0].command == "serve --port 8123"
    assert dict(ready.web_server[0].env) == {
        "SMTP_HOST": "127.0.0.1",
        "SMTP_PORT": "25",
        "BASE_URL": "http://127.0.0.1:8123/app",
        "PORT": "8123",
        "MAIL_PORT": "25",
        "SITE": "http://127.0.0.1:8123/app",
        "PRICE": "${X}",
    }


def test_what_the_run_cannot_give_is_refused_by_name(settled: Loader) -> None:
    project = with_port(settled(FREE), 8123)

    with pytest.raises(
        ConfigError, match=r"webServer.env: takes \$\{SMTP_PORT\}, and the run has none, as the provider"
    ):
        with_run_variables(project, {}, environ={})
    assert with_run_variables(project, {}, environ={"SMTP_PORT": "9"}).web_server[0].env["MAIL_PORT"] == "9"


@pytest.mark.parametrize(("smtp", "host"), [("mail.test:25", "mail.test"), ("[::1]:25", "::1")])
def test_the_application_delivers_where_inbox_smtp_says(settled: Loader, smtp: str, host: str) -> None:
    project = with_port(settled({**FREE, "inbox": {"provider": "mailpit", "smtp": smtp}}), 8123)

    env = with_run_variables(project, {}, environ={}).web_server[0].env

    assert (env["SMTP_HOST"], env["SMTP_PORT"], env["MAIL_PORT"]) == (host, "25", "25")


def test_port_0_without_a_web_server_is_refused(refusal: Refusal) -> None:
    assert refusal({"use": {"baseURL": "http://127.0.0.1:0"}}) == (
        "playwright.config.json:1: use.baseURL: port 0 is the free port that the run finds for a webServer, and no "
        "webServer has port 0; give it one, or name the port here"
    )


def test_a_host_that_the_project_does_not_allow_is_refused(refusal: Refusal, settled: Loader) -> None:
    config = {"allowedHosts": ["staging.test"], "use": {"baseURL": "${APP}"}}

    assert settled(config, environ={"APP": "https://staging.test:8443/x"}).use.base_url
    assert refusal(config, environ={"APP": "https://www.test"}) == (
        'playwright.config.json:1: use.baseURL: the host www.test is not allowed for project "default", which has '
        "allowedHosts: staging.test; correct the URL, or add the host there"
    )


@pytest.mark.parametrize(
    ("url", "allowed", "is_it"),
    [
        ("https://app.test/", "app.test", True),
        ("https://APP.test/", "app.test", True),
        ("https://app.test:8443/", "app.test", True),
        ("https://app.test:8443/", "app.test:443", False),
        ("https://app.test/", "app.test:443", True),
        ("http://app.test/", "app.test:443", False),
        ("https://pr-7.app.test/", "*.app.test", True),
        ("https://app.test/", "*.app.test", False),
        ("https://evilapp.test/", "*.app.test", False),
        ("https://app.test.evil.test/", "app.test", False),
        ("https://app.test@evil.test/", "app.test", False),
        ("http://[::1]:80/", "[::1]", True),
        ("http://[::1]:81/", "[::1]:81", True),
    ],
)
def test_a_host_is_compared_as_a_whole(url: str, allowed: str, is_it: bool) -> None:
    assert is_allowed(url, [allowed]) is is_it


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("http://App.test:80/x", "app.test"),
        ("https://app.test:80", "app.test:80"),
        ("http://127.0.0.1:8000", "127.0.0.1:8000"),
        ("http://[::1]:0", "[::1]:0"),
    ],
)
def test_a_default_port_is_not_part_of_the_host(url: str, host: str) -> None:
    assert host_of(url) == host


def test_the_base_url_is_where_mailed_links_may_lead(settled: Loader) -> None:
    config = {"use": {"baseURL": "https://app.test"}, "inbox": {"allowedLinkHosts": ["links.test"]}}

    assert settled(config).link_hosts == ("app.test", "links.test")
    assert settled({}).link_hosts is None


def test_a_missing_base_url_is_refused_where_it_is_needed(settled: Loader) -> None:
    with pytest.raises(ConfigError) as caught:
        settled({}).require_base_url()

    assert str(caught.value) == (
        'playwright.config.json: use.baseURL: is missing for project "default", and a path needs it; '
        "set it in the file, with --base-url or in INBOXWRIGHT_USE_BASE_URL"
    )
