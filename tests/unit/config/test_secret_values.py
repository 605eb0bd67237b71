"""What came from the environment is secret, whatever its key is called, unless the key holds what is none."""

import base64
import json
from typing import Any

import pytest

from inboxwright.config import describe, secret_values, spellings
from tests.unit.config.conftest import Loader

ENVIRON = {
    "S": "s3cret-value",
    "T": "t0ken-value",
    "HOST": "app.test",
    "N": "8443",
    "BASE": "https://app.test/",
    "MODE": "Production",
}


@pytest.mark.parametrize(
    "config",
    [
        {"use": {"extraHTTPHeaders": {"X-Preview-Bypass": "${S}"}}},
        {"use": {"extraHTTPHeaders": {"Authorization": "Bearer ${S}"}}},
        {"use": {"extraHTTPHeaders": {"Cookie": "session=${S}; theme=dark"}}},
        {"use": {"userAgent": "probe ${S}"}},
        {"use": {"launchOptions": {"args": ["--key=${S}"]}}},
        {"use": {"launchOptions": {"env": {"ANY": "${S}"}}}},
        {"use": {"baseURL": "https://app.test/${S}/"}},
        {"use": {"baseURL": "https://app.test/?preview=${S}"}},
        {"use": {"baseURL": "https://u:${S}@app.test/"}},
        {"webServer": {"command": "serve ${S}", "port": 1, "env": {"ANY": "${S}"}}},
        {"inbox": {"provider": "nylas", "key": "${T}", "grant": "${S}"}},
        {"inbox": {"provider": "mailslurp", "accounts": [{"key": "${S}"}]}},
    ],
    ids=json.dumps,
)
def test_a_variables_value_is_secret_and_not_shown(settled: Loader, config: Any) -> None:
    project = settled(config, environ=ENVIRON)

    assert "s3cret-value" in secret_values(project)
    assert "s3cret-value" not in "".join(setting.value for setting in describe(project))


@pytest.mark.parametrize(
    "config",
    [
        {"use": {"baseURL": "${BASE}"}},
        {"use": {"baseURL": "https://${HOST}:${N}/x"}},
        {"use": {"locale": "${HOST}", "viewport": {"width": "${N}", "height": 1}}},
        {"inbox": {"domain": "${HOST}", "allowedLinkHosts": ["${HOST}"], "timeout": "${N}"}},
        {"inbox": {"provider": "mailpit", "smtp": "${HOST}:25", "url": "http://${HOST}"}},
        {"webServer": {"command": "x", "port": 1, "env": {"SITE": "${BASE}", "MODE": "${MODE}"}}},
        {"use": {"storageState": "${HOST}.json"}, "grep": "${HOST}"},
    ],
    ids=json.dumps,
)
def test_what_is_none_by_its_kind_stays_readable(settled: Loader, config: Any) -> None:
    assert secret_values(settled(config, environ=ENVIRON)) == ()


def test_a_providers_own_variable_is_secret_too(settled: Loader) -> None:
    environ = {"NYLAS_API_KEY": "s3cret-value", "NYLAS_GRANT_ID": "grant-value"}

    assert {"s3cret-value", "grant-value"} <= {
        *secret_values(settled({"inbox": {"provider": "nylas"}}, environ=environ))
    }


def test_the_parts_of_a_header_that_a_variable_gave_as_a_whole_are_secret(settled: Loader) -> None:
    basic = base64.b64encode(b"ann:hunter2hunter2").decode()
    headers = {"Authorization": "${A}", "Cookie": "${C}", "Proxy-Authorization": "${P}"}
    environ = {"A": "Bearer t0ken-value", "C": "sid=s3cret-value; theme=dark", "P": f"Basic {basic}"}
    found = secret_values(settled({"use": {"extraHTTPHeaders": headers}}, environ=environ))

    assert {"t0ken-value", "s3cret-value", basic, "hunter2hunter2"} <= {*found}
    assert "dark" not in found


def test_basic_credentials_are_secret_as_a_header_holds_them(settled: Loader) -> None:
    use = {"baseURL": "https://u:${S}@app.test/", "httpCredentials": {"username": "ann", "password": "${T}"}}
    found = secret_values(settled({"use": use}, environ=ENVIRON))

    pairs = [base64.b64encode(pair).decode() for pair in (b"u:s3cret-value", b"ann:t0ken-value")]
    assert {*pairs} <= {*found}


def test_a_header_that_our_own_variable_gives_is_secret(settled: Loader) -> None:
    environ = {"INBOXWRIGHT_USE_EXTRA_HTTP_HEADERS": '{"X-Preview": "s3cret-value", "X-Debug": "true"}'}

    assert secret_values(settled({}, environ=environ)) == ("s3cret-value",)


@pytest.mark.parametrize(
    "written",
    [
        'p"ä <ss>/word',
        'p\\"\\u00e4 <ss>/word',
        'p\\"ä <ss>/word',
        "p&quot;ä &lt;ss&gt;/word",
        "p&#34;ä &lt;ss&gt;/word",
        "p%22%C3%A4%20%3Css%3E%2Fword",
        "p%22%C3%A4%20%3Css%3E/word",
        "p%22%C3%A4+%3Css%3E%2Fword",
        base64.b64encode('p"ä <ss>/word'.encode()).decode(),
    ],
)
def test_every_spelling_of_a_secret_is_known(written: str) -> None:
    assert written in spellings('p"ä <ss>/word')


def test_a_value_of_a_few_letters_garbles_no_other_setting(settled: Loader) -> None:
    project = settled({"use": {"userAgent": "${A}"}}, environ={"A": "chr"})

    assert {setting.path: setting.value for setting in describe(project)}["use.browserName"] == '"chromium"'
