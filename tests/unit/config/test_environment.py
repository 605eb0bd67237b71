"""Every key can come from a variable; command line over environment over file over default."""

import re
from pathlib import Path
from typing import Any

import pytest

import inboxwright
from inboxwright.config import Layer, Override
from inboxwright.config._flatten import places
from inboxwright.config._layers import RESERVED, variables
from tests.unit.config.conftest import Loader, Refusal


def test_the_command_line_wins_over_the_environment_over_the_file_over_the_default(settled: Loader) -> None:
    file = {"retries": 1}
    environ = {"INBOXWRIGHT_RETRIES": "2"}
    flag = {"retries": Override(option="--reruns", value=3)}

    found = [
        settled({}),
        settled(file),
        settled(file, environ=environ),
        settled(file, environ=environ, overrides=flag),
    ]

    assert [project.retries for project in found] == [0, 1, 2, 3]
    assert [project.origins["retries"].layer for project in found] == list(Layer)
    assert [str(project.origins["retries"]) for project in found] == [
        "default",
        "playwright.config.json:1",
        "environment INBOXWRIGHT_RETRIES",
        "--reruns",
    ]


@pytest.mark.parametrize(
    ("name", "text", "path", "value"),
    [
        ("INBOXWRIGHT_USE_BROWSER_NAME", " firefox\n", "use.browser_name", "firefox"),
        ("INBOXWRIGHT_WORKERS", " 4 ", "workers", 4),
        ("INBOXWRIGHT_USE_BASE_URL", "http://b.test\n", "use.base_url", "http://b.test"),
        ("INBOXWRIGHT_INBOX_PROVIDER", "mailpit\n", "inbox.provider", "mailpit"),
        ("INBOXWRIGHT_TOKEN", "s3cret \n", "inbox.options", {"token": "s3cret "}),
        ("INBOXWRIGHT_INBOX_TIMEOUT", "30001", "inbox.timeout", 30_001),
        ("INBOXWRIGHT_USE_BASE_URL", "http://b.test", "use.base_url", "http://b.test"),
        ("INBOXWRIGHT_USE_HEADLESS", "false", "use.headless", False),
        ("INBOXWRIGHT_USE_IGNORE_HTTPS_ERRORS", "1", "use.ignore_https_errors", True),
        ("INBOXWRIGHT_INBOX_ALLOWED_SENDERS", "a@b.test, @c.test", "inbox.allowed_senders", ("a@b.test", "@c.test")),
        ("INBOXWRIGHT_INBOX_ALLOWED_SENDERS", '["a@b.test"]', "inbox.allowed_senders", ("a@b.test",)),
        ("INBOXWRIGHT_USE_TRACE", "snapshots", "use.trace.screenshots", False),
        ("INBOXWRIGHT_USE_TRACE_MODE", "on", "use.trace.mode", "on"),
        ("INBOXWRIGHT_USE_VIEWPORT", '{"width": 10, "height": 20}', "use.viewport.height", 20),
        ("INBOXWRIGHT_USE_VIEWPORT", "null", "use.viewport", None),
        ("INBOXWRIGHT_USE_LAUNCH_OPTIONS_SLOW_MO", "2.5", "use.launch_options.slow_mo", 2.5),
        ("INBOXWRIGHT_EXPECT_TIMEOUT", "9", "expect.timeout", 9),
        ("INBOXWRIGHT_WORKERS", "50%", "workers", "50%"),
        ("INBOXWRIGHT_GREP", "sign.up", "grep", "sign.up"),
        ("INBOXWRIGHT_INBOX_TIMEOUT", "", "inbox.timeout", 30_000),
    ],
)
def test_a_variable_sets_its_key(settled: Loader, name: str, text: str, path: str, value: object) -> None:
    found: Any = settled({}, environ={name: text})

    for attribute in path.split("."):
        found = getattr(found, attribute)
    assert found == value


def test_a_variable_changes_one_key_of_the_web_server(settled: Loader) -> None:
    file = {"webServer": {"command": "x", "url": "http://a.test/"}}
    project = settled(file, environ={"INBOXWRIGHT_WEB_SERVER_TIMEOUT": "5"})

    assert (project.web_server[0].timeout, project.web_server[0].command) == (5, "x")
    assert settled(file, environ={"INBOXWRIGHT_WEB_SERVER": "null"}).web_server == ()


def test_a_variable_may_choose_the_provider(settled: Loader) -> None:
    file = {"inbox": {"provider": "mailpit", "url": "http://m.test"}}
    environ = {"INBOXWRIGHT_INBOX_PROVIDER": "maildev", "INBOXWRIGHT_INBOX_SMTP": "m:1"}

    project = settled(file, environ=environ)

    assert (project.inbox.provider, dict(project.inbox.options)) == ("maildev", {"smtp": "m:1"})


def test_a_variable_does_not_take_variables(settled: Loader) -> None:
    project = settled({}, environ={"INBOXWRIGHT_USE_LOCALE": "${HOME}"})

    assert project.use.locale == "${HOME}"


def test_a_variable_of_the_file_is_not_needed_when_its_key_is_given_otherwise(settled: Loader) -> None:
    project = settled({"use": {"baseURL": "${APP}"}}, environ={"INBOXWRIGHT_USE_BASE_URL": "http://b.test"})

    assert project.use.base_url == "http://b.test"


@pytest.mark.parametrize(
    ("environ", "message"),
    [
        (
            {"INBOXWRIGHT_INBOX_TIMEOUTS": "1"},
            (
                "INBOXWRIGHT_INBOX_TIMEOUTS: is not a variable that inboxwright reads; "
                'did you mean "INBOXWRIGHT_INBOX_TIMEOUT"?; unset it'
            ),
        ),
        (
            {"inboxwright_retries": "1"},
            (
                "inboxwright_retries: is not a variable that inboxwright reads; "
                'did you mean "INBOXWRIGHT_RETRIES"?; unset it'
            ),
        ),
        (
            {"INBOXWRIGHT_INBOX_TIMEOUT": "30s"},
            ('INBOXWRIGHT_INBOX_TIMEOUT: inbox.timeout: must be a whole number of milliseconds, 0 or more, not "30s"'),
        ),
        (
            {"INBOXWRIGHT_USE_HEADLESS": "maybe"},
            ('INBOXWRIGHT_USE_HEADLESS: use.headless: must be true or false, not "maybe"'),
        ),
        (
            {"INBOXWRIGHT_USE_VIEWPORT": "10x20"},
            ("INBOXWRIGHT_USE_VIEWPORT: use.viewport: must be an object as JSON: Extra data: line 1 column 3 (char 2)"),
        ),
        ({"INBOXWRIGHT_USE_VIEWPORT": '{"w": 1}'}, "INBOXWRIGHT_USE_VIEWPORT: use.viewport: is not a key here; "),
        (
            {"INBOXWRIGHT_INBOX_BUCKET": "b"},
            (
                "INBOXWRIGHT_INBOX_BUCKET: inbox.bucket: is an option of the provider s3, "
                'and the one in use is "embedded"; unset it'
            ),
        ),
        ({"INBOXWRIGHT_USE_TRACE": "always"}, "INBOXWRIGHT_USE_TRACE: use.trace: must be one of "),
    ],
)
def test_a_variable_that_cannot_be_right_is_refused(refusal: Refusal, environ: dict[str, str], message: str) -> None:
    assert refusal({}, environ=environ).startswith(message)


def test_a_variable_for_one_of_several_web_servers_is_refused(refusal: Refusal) -> None:
    file = {"webServer": [{"command": "x", "port": 1}, {"command": "y", "port": 2}]}

    assert refusal(file, environ={"INBOXWRIGHT_WEB_SERVER_TIMEOUT": "5"}) == (
        "INBOXWRIGHT_WEB_SERVER_TIMEOUT: webServer.timeout: there are 2 in the list, and this does not say which one; "
        "give the list"
    )


def test_every_key_has_a_variable_of_its_own() -> None:
    of_an_account = {names for names in places() if names[:2] == ("inbox", "accounts") and len(names) > 2}
    assert {path.names for path, _ in variables().values()} == set(places()) - of_an_account
    assert not set(variables()) & set(RESERVED)


def test_every_variable_that_the_package_names_is_known() -> None:
    package = Path(inboxwright.__file__).parent
    text = "".join(path.read_text(encoding="utf-8") for path in package.rglob("*.py"))

    assert set(re.findall(r"\bINBOXWRIGHT_[A-Z_]*[A-Z]\b", text)) <= {*variables(), *RESERVED}


def test_other_variables_are_nobodys_business(settled: Loader) -> None:
    assert settled({}, environ={"INBOX_TIMEOUT": "1", **dict.fromkeys(RESERVED, "")}).inbox.timeout == 30_000
