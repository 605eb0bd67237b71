"""Every mistake in the file is refused by name, with the remedy."""

from typing import Any

import pytest

from tests.unit.config.conftest import Refusal

AT = "playwright.config.json:1"


@pytest.mark.parametrize(
    ("config", "message"),
    [
        ({"timout": 1}, 'timout: is not a key here; did you mean "timeout"?'),
        ({"use": {"baseUrl": "x"}}, 'use.baseUrl: is not a key here; did you mean "baseURL"?'),
        ({"baseURL": "x"}, "baseURL: is not a key here; its place is use.baseURL"),
        ({"use": {"expect": {}}}, "use.expect: is not a key here; its place is expect"),
        ({"inbox": {"timeot": 1}}, 'inbox.timeot: is not a key here; did you mean "timeout"?'),
        (
            {"inbox": {"bucket": "b"}},
            "inbox.bucket: is an option of the provider s3, not of the one that is chosen here",
        ),
        ({"use": {"viewport": {"hight": 1}}}, 'use.viewport.hight: is not a key here; did you mean "height"?'),
        ({"webServer": {"comand": "x"}}, 'webServer.comand: is not a key here; did you mean "command"?'),
        (
            {"expect": {"zzz": 1}},
            "expect.zzz: is not a key here; known here: timeout",
        ),
    ],
)
def test_an_unknown_key_is_refused_with_the_right_one(refusal: Refusal, config: Any, message: str) -> None:
    assert refusal(config) == f"{AT}: {message}"


@pytest.mark.parametrize(
    ("config", "message"),
    [
        ({"timeout": "60s"}, 'timeout: must be a whole number of milliseconds, 0 or more, not "60s"'),
        ({"timeout": True}, "timeout: must be a whole number of milliseconds, 0 or more, not true"),
        ({"timeout": -1}, "timeout: must be a whole number of milliseconds, 0 or more, not -1"),
        ({"timeout": 1.5}, "timeout: must be a whole number of milliseconds, 0 or more, not 1.5"),
        ({"timeout": 10**12}, "timeout: must be a whole number of milliseconds, 0 or more, not 1000000000000"),
        ({"use": []}, "use: must be an object, not []"),
        ({"use": {"headless": "no"}}, 'use.headless: must be true or false, not "no"'),
        (
            {"use": {"baseURL": "app.test"}},
            ('use.baseURL: must be an absolute URL like http://127.0.0.1:8000, not "app.test"'),
        ),
        (
            {"use": {"baseURL": "http://app:port"}},
            ('use.baseURL: must be an absolute URL like http://127.0.0.1:8000, not "http://app:port"'),
        ),
        (
            {"use": {"trace": "always"}},
            ('use.trace: must be one of "off", "on", "retain-on-failure", "on-first-retry", "snapshots", not "always"'),
        ),
        ({"use": {"viewport": {"width": 1}}}, "use.viewport.height: is missing"),
        ({"use": {"locale": ""}}, 'use.locale: must be a locale like "en-GB", not ""'),
        (
            {"workers": 0},
            ('workers: must be a whole number of processes, 1 or more, or a part of the cores like "50%", not 0'),
        ),
        (
            {"grep": "("},
            (
                'grep: must be a regular expression, and "(" is not one: missing ), unterminated subpattern '
                "at position 0"
            ),
        ),
        (
            {"reporter": [["junit", {"file": "x"}]]},
            ('reporter: has "file", which is not a text option of "junit" (it takes: outputFile)'),
        ),
        ({"inbox": {"provider": "mailpitt"}}, "inbox.provider: must be one of "),
        (
            {"inbox": {"domain": "@qa.test"}},
            ('inbox.domain: must be a mail domain like "qa.example.com", without "@", not "@qa.test"'),
        ),
        (
            {"inbox": {"allowedSenders": "a@b.test"}},
            ('inbox.allowedSenders: must be a list of addresses, or of domains like @example.com, not "a@b.test"'),
        ),
        (
            {"inbox": {"allowedLinkHosts": ["https://app.test"]}},
            (
                "inbox.allowedLinkHosts: must be a host like "
                '"app.example.com", "127.0.0.1:8000", without a scheme or path, not "https://app.test"'
            ),
        ),
        (
            {"inbox": {"requireAuthentication": ["dmarc"]}},
            "inbox.requireAuthentication: needs inbox.trustedReceivers, the authserv-ids of those whose",
        ),
        ({"inbox": {"smtp": "localhost"}}, 'inbox.smtp: must be an address like "127.0.0.1:2525", not "localhost"'),
        ({"inbox": {"smtp": "h:99999"}}, 'inbox.smtp: must be an address like "127.0.0.1:2525", not "h:99999"'),
        ({"webServer": {"url": "http://a.test", "command": 5}}, "webServer.command: must be a shell command, not 5"),
        ({"webServer": {"url": "http://a.test"}}, "webServer.command: is missing"),
        ({"webServer": {"command": "x"}}, 'webServer: say how to know that it is ready, by "url" or by "port"'),
        (
            {"webServer": {"command": "x", "url": "http://a.test", "port": 1}},
            ('webServer: say how to know that it is ready, by "url" or by "port", and not by both'),
        ),
        (
            {"webServer": {"command": "x", "port": 1, "env": {"N": 5}}},
            ('webServer.env: must be an object of environment variables, and "N" is not a text: put it in quotes'),
        ),
        ({"webServer": [{"command": "x", "port": 1}, {"port": 2}]}, "webServer[1].command: is missing"),
        (
            {"inbox": {"provider": "imap", "host": "h"}},
            'inbox.username: is missing, and the provider "imap" needs it; write it there',
        ),
    ],
)
def test_a_wrong_value_is_refused_with_what_would_do(refusal: Refusal, config: Any, message: str) -> None:
    assert refusal(config).startswith(f"{AT}: {message}")


@pytest.mark.parametrize(
    ("config", "message"),
    [
        (
            {"testMatch": "x"},
            (
                "testMatch: Playwright Test's key has no meaning here: say it to pytest, under "
                "[tool.pytest.ini_options] of pyproject.toml: python_files"
            ),
        ),
        (
            {"globalSetup": "x"},
            ("globalSetup: Playwright Test's key has no meaning here: write a session-scoped fixture in conftest.py"),
        ),
        (
            {"shard": {"current": 1, "total": 2}},
            ("shard: Playwright Test's key has no meaning here: pass --shard 2/4 to pytest"),
        ),
        (
            {"use": {"contextOptions": {}}},
            (
                "use.contextOptions: Playwright Test's key has no meaning here: put the "
                "option itself under `use`, or override the fixture browser_context_args in conftest.py"
            ),
        ),
        (
            {"use": {"launchOptions": {"headless": False}}},
            ("use.launchOptions.headless: Playwright Test's key has no meaning here: use.headless is its place"),
        ),
        (
            {"webServer": {"wait": {}}},
            ("webServer.wait: Playwright Test's key has no meaning here: give `url` or `port`"),
        ),
        (
            {"projects": [{"name": "a", "dependencies": ["b"]}]},
            (
                "projects[0].dependencies: Playwright Test's key has no "
                "meaning here: write a session-scoped fixture in conftest.py"
            ),
        ),
        (
            {"expect": {"toPass": {}}},
            (
                "expect.toPass: Playwright Test's key has no meaning here: "
                "there is no expect.toPass in Playwright for Python"
            ),
        ),
    ],
)
def test_a_key_that_only_playwright_test_has_names_the_way_it_is_done_here(
    refusal: Refusal, config: Any, message: str
) -> None:
    assert refusal(config) == f"{AT}: {message}"


def test_a_refusal_names_the_line(refusal: Refusal) -> None:
    text = '{\n  "use": {\n    "headless": true,\n    "lokale": "de"\n  }\n}'

    assert refusal(text) == 'playwright.config.json:4: use.lokale: is not a key here; did you mean "locale"?'


def test_a_mistake_in_a_project_that_is_not_chosen_is_refused_too(refusal: Refusal) -> None:
    text = '{"projects": [\n{"name": "local"},\n{"name": "staging",\n "retrys": 1}]}'

    assert refusal(text) == ('playwright.config.json:4: projects[1].retrys: is not a key here; did you mean "retries"?')


@pytest.mark.parametrize("folder", [".", "..", "/"])
def test_an_output_folder_that_holds_the_tests_is_refused(refusal: Refusal, folder: str) -> None:
    message = refusal({"outputDir": folder, "testDir": "e2e"})

    assert message.startswith(f"{AT}: outputDir: ")
    assert message.endswith('holds the tests or the configuration; name a folder of its own, such as "test-results"')
