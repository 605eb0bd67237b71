"""Passwords and tokens within URLs: from the environment only, and masked wherever they are shown."""

from typing import Any

import pytest

from inboxwright.config import describe, secrets_in
from inboxwright.errors import ConfigError
from tests.unit.config.conftest import Loader, Refusal


@pytest.mark.parametrize(
    ("url", "secrets", "shown"),
    [
        ("https://u:p%40ss@h.test/a", ["p%40ss", "p@ss"], "https://u:****@h.test/a"),
        ("wss://grid.test/?token=abc+d&size=2", ["abc+d", "abc d"], "wss://grid.test/?token=****&size=2"),
        ("wss://grid.test?size=2&apiKey=abc#top", ["abc"], "wss://grid.test?size=2&apiKey=****#top"),
        ("https://h.test/?key=abc", ["abc"], "https://h.test/?key=****"),
        ("https://h.test/?next=/a@b&page=2", [], "https://h.test/?next=/a@b&page=2"),
        ("https://u@h.test/", [], "https://u@h.test/"),
    ],
)
def test_what_is_secret_in_a_url(settled: Loader, url: str, secrets: list[str], shown: str) -> None:
    name = "INBOXWRIGHT_INBOX_URL" if url.startswith("http") else "INBOXWRIGHT_USE_CONNECT_OPTIONS_WS_ENDPOINT"
    project = settled({}, environ={name: url})

    assert secrets_in(url) == secrets
    assert any(shown in setting.value for setting in describe(project))


@pytest.mark.parametrize(
    "written", ["wss://grid.test/?token=${TOKEN}", ["wss://grid.test/?token=${TOKEN}"], "${WHOLE}"], ids=str
)
def test_a_grids_token_comes_from_the_environment_and_is_masked(settled: Loader, written: Any) -> None:
    whole = "wss://grid.test/?token=hunter2"
    environ = {"TOKEN": "hunter2", "WHOLE": whole}
    project = settled({"use": {"connectOptions": {"wsEndpoint": written}}}, environ=environ)

    assert project.use.connect_options is not None
    assert list(project.use.connect_options.ws_endpoint) == [whole]
    assert "hunter2" not in repr(project) + "".join(setting.value for setting in describe(project))


@pytest.mark.parametrize("written", ["wss://grid.test/?token=hunter2", ["wss://grid.test/?token=hunter2"]], ids=str)
def test_a_token_in_the_file_is_refused(refusal: Refusal, written: Any) -> None:
    said = refusal({"use": {"connectOptions": {"wsEndpoint": written}}})

    assert said == (
        "playwright.config.json:1: use.connectOptions.wsEndpoint: has a token in it, which must come from the "
        "environment: write ${NAME} for it"
    )


def test_a_wrong_url_is_named_without_its_secrets(settled: Loader) -> None:
    with pytest.raises(ConfigError) as refused:
        settled({}, environ={"INBOXWRIGHT_INBOX_URL": "ftp://u:hunter2@h.test/?token=hunter3"})

    assert str(refused.value).endswith('not "ftp://u:****@h.test/?token=****"')
