"""`${NAME}` is demanded only of the chosen project; secrets come in no other way and are never shown."""

import pickle

import pytest

from inboxwright.config import Secret
from tests.unit.config.conftest import Loader, Refusal

STAGING = '{"projects": [{"name": "local"},\n{"name": "staging",\n"use": {"baseURL": "${APP_URL}"}}]}'


def test_a_variable_is_filled_in(settled: Loader) -> None:
    project = settled(STAGING, project="staging", environ={"APP_URL": "https://app.test"})

    assert project.use.base_url == "https://app.test"
    assert str(project.origins["use.baseURL"]) == "playwright.config.json:3, ${APP_URL}"


@pytest.mark.parametrize(("environ", "state"), [({}, "is not set"), ({"APP_URL": ""}, "is empty")])
def test_a_missing_variable_is_refused_when_its_project_is_chosen(
    settled: Loader, refusal: Refusal, environ: dict[str, str], state: str
) -> None:
    assert settled(STAGING).name == "local"
    assert refusal(STAGING, project="staging", environ=environ) == (
        f"playwright.config.json:3: projects[1].use.baseURL: the environment variable APP_URL {state}, "
        'and project "staging" needs it; set it'
    )


def test_a_variable_that_does_not_fit_is_refused_without_its_value(refusal: Refusal) -> None:
    config = {"inbox": {"provider": "imap", "host": "h", "username": "u", "password": "${P}", "port": "${PORT}"}}

    assert refusal(config, environ={"P": "p", "PORT": "hunter2"}) == (
        "playwright.config.json:1: inbox.port: must be a port, 0 to 65535, and ${PORT} does not make one"
    )


def test_numbers_flags_and_lists_may_be_variables(settled: Loader) -> None:
    project = settled(
        {"retries": "${N}", "use": {"headless": "${H}"}, "inbox": {"allowedSenders": "${S}"}},
        environ={"N": "2", "H": "false", "S": "a@b.test,c@d.test"},
    )

    assert (project.retries, project.use.headless) == (2, False)
    assert project.inbox.allowed_senders == ("a@b.test", "c@d.test")


def test_variables_stand_within_texts_and_a_literal_is_escaped(settled: Loader) -> None:
    project = settled({"use": {"baseURL": "https://${H}/x", "userAgent": "$${H}"}}, environ={"H": "app.test"})

    assert (project.use.base_url, project.use.user_agent) == ("https://app.test/x", "${H}")


@pytest.mark.parametrize("text", ["${", "${}", "${A-B}", "${A:-x}"])
def test_what_is_no_variable_is_refused(refusal: Refusal, text: str) -> None:
    assert refusal({"use": {"locale": text}}) == (
        f'playwright.config.json:1: use.locale: has "{text}", which is no ${{NAME}}; a literal is written $${{'
    )


@pytest.mark.parametrize("config", [{"inbox": {"allowedSenders": ["${"]}}, {"use": {"extraHTTPHeaders": {"a": "${"}}}])
def test_what_is_no_variable_is_refused_within_lists_and_objects(refusal: Refusal, config: object) -> None:
    assert 'has "${", which is no ${NAME}' in refusal(config)


@pytest.mark.parametrize(
    ("config", "key"),
    [
        ({"inbox": {"provider": "mailpit", "password": "hunter2"}}, "inbox.password"),
        ({"inbox": {"token": "hunter2"}}, "inbox.token"),
        ({"use": {"httpCredentials": {"username": "u", "password": "hunter2"}}}, "use.httpCredentials.password"),
        ({"use": {"proxy": {"server": "s", "password": "hunter2"}}}, "use.proxy.password"),
        ({"use": {"extraHTTPHeaders": {"Authorization": "Bearer hunter2"}}}, "use.extraHTTPHeaders"),
        ({"use": {"extraHTTPHeaders": {"X-Api-Key": "hunter2"}}}, "use.extraHTTPHeaders"),
        ({"use": {"baseURL": "https://u:hunter2@app.test"}}, "use.baseURL"),
        ({"inbox": {"provider": "mailpit", "url": "https://u:hunter2@m.test"}}, "inbox.url"),
    ],
)
def test_a_secret_in_the_file_is_refused_and_not_repeated(refusal: Refusal, config: object, key: str) -> None:
    message = refusal(config)

    assert message.startswith(f"playwright.config.json:1: {key}: ")
    assert "must come from the environment: write" in message
    assert "hunter2" not in message


def test_secrets_are_masked_in_reprs_and_work_as_texts(settled: Loader) -> None:
    project = settled(
        {
            "use": {
                "baseURL": "https://u:${P}@app.test",
                "extraHTTPHeaders": {"Authorization": "Bearer ${P}"},
                "httpCredentials": {"username": "u", "password": "${P}"},
            },
            "webServer": {"command": "x", "port": 1, "env": {"DB_PASSWORD": "${P}"}},
            "inbox": {"provider": "mailpit", "password": "${P}"},
        },
        environ={"P": "hunter2"},
    )

    assert "hunter2" not in repr(project)
    assert project.inbox.options["password"] == "hunter2"
    assert project.use.extra_http_headers["Authorization"] == "Bearer hunter2"
    assert pickle.loads(pickle.dumps(project)) == project


def test_a_secret_is_still_masked_after_a_copy() -> None:
    assert repr(pickle.loads(pickle.dumps(Secret("hunter2")))) == "'****'"


def test_a_vendors_own_variable_is_read_unless_ours_says_it(settled: Loader) -> None:
    environ = {"INBOXWRIGHT_TOKEN": "vendor"}

    assert settled({}, environ=environ).inbox.options["token"] == "vendor"
    assert settled({}, environ={**environ, "INBOXWRIGHT_INBOX_TOKEN": "ours"}).inbox.options["token"] == "ours"
