"""A project is what the file says at its top, with its own keys over that."""

from pathlib import Path

import pytest

from inboxwright.config import FILE_NAME, Size, find, load
from tests.unit.config.conftest import Loader, Refusal

TWO = {"projects": [{"name": "local"}, {"name": "staging"}]}


def test_the_first_project_is_the_default(settled: Loader) -> None:
    assert settled(TWO).name == "local"


def test_a_project_is_chosen_by_name_or_variable(settled: Loader) -> None:
    assert settled(TWO, project="staging").name == "staging"
    assert settled(TWO, environ={"INBOXWRIGHT_PROJECT": "staging"}).name == "staging"
    assert settled(TWO, project="local", environ={"INBOXWRIGHT_PROJECT": "staging"}).name == "local"


@pytest.mark.parametrize(
    ("config", "how", "message"),
    [
        (
            TWO,
            {"project": "stage"},
            ('--project: playwright.config.json: there is no project "stage"; did you mean "staging"?'),
        ),
        (
            TWO,
            {"project": "x"},
            ('--project: playwright.config.json: there is no project "x"; known here: local, staging'),
        ),
        (
            TWO,
            {"environ": {"INBOXWRIGHT_PROJECT": "x"}},
            ('INBOXWRIGHT_PROJECT: playwright.config.json: there is no project "x"; known here: local, staging'),
        ),
        (
            {},
            {"project": "x"},
            ('--project: playwright.config.json: there is no project "x": it has no "projects"; leave the name out'),
        ),
        ({"projects": {}}, {}, "playwright.config.json:1: projects: must be a list of projects, not {}"),
        (
            {"projects": [{}]},
            {},
            ('playwright.config.json:1: projects[0]: must have a "name", a text, by which --project chooses it'),
        ),
        (
            {"projects": [{"name": "a"}, {"name": "a"}]},
            {},
            ('playwright.config.json:1: projects[1].name: "a" is the name of another project too; rename one'),
        ),
        (
            {"projects": [{"name": "a", "forbidOnly": True}]},
            {},
            (
                "playwright.config.json:1: projects[0].forbidOnly: "
                "holds for the whole run; its place is the top of the file"
            ),
        ),
    ],
)
def test_a_project_that_cannot_be_chosen_is_refused(
    refusal: Refusal, config: object, how: dict[str, object], message: str
) -> None:
    assert refusal(config, **how) == message


def test_use_and_inbox_are_merged_key_by_key(settled: Loader) -> None:
    project = settled(
        {
            "use": {"locale": "de-DE", "headless": False},
            "inbox": {"domain": "qa.test", "timeout": 5},
            "projects": [{"name": "a", "use": {"headless": True}, "inbox": {"timeout": 6}}],
        }
    )

    assert (project.use.locale, project.use.headless) == ("de-DE", True)
    assert (project.inbox.domain, project.inbox.timeout) == ("qa.test", 6)


def test_an_object_within_use_is_replaced_as_in_playwright_test(settled: Loader) -> None:
    project = settled(
        {
            "use": {"launchOptions": {"args": ["--a"]}, "extraHTTPHeaders": {"a": "1"}},
            "projects": [{"name": "a", "use": {"launchOptions": {"slowMo": 5}, "extraHTTPHeaders": {"b": "2"}}}],
        }
    )

    assert (project.use.launch_options.args, project.use.launch_options.slow_mo) == ((), 5.0)
    assert dict(project.use.extra_http_headers) == {"b": "2"}


def test_null_takes_away_what_the_top_says(settled: Loader) -> None:
    project = settled(
        {
            "timeout": 5,
            "webServer": {"command": "x", "port": 1},
            "use": {"locale": "de", "httpCredentials": {"username": "a", "password": "${P}"}},
            "projects": [
                {"name": "a", "timeout": None, "webServer": None, "use": {"locale": None, "httpCredentials": None}}
            ],
        }
    )

    assert (project.timeout, project.web_server, project.use.locale) == (60_000, (), None)
    assert project.use.http_credentials is None


def test_a_null_viewport_is_that_of_the_window_as_in_playwright_test(settled: Loader) -> None:
    assert settled({}).use.viewport == Size(width=1280, height=720)
    assert settled({"use": {"viewport": None}}).use.viewport is None


def test_a_project_and_a_variable_may_give_what_the_top_takes_away(settled: Loader) -> None:
    top = {"webServer": None, "use": {"viewport": None}}
    own = {"webServer": {"command": "x", "port": 1}, "use": {"viewport": {"width": 1, "height": 2}}}
    environ = {"INBOXWRIGHT_USE_VIEWPORT": '{"width": 1, "height": 2}'}

    project = settled({**top, "projects": [{"name": "a", **own}]})

    assert (len(project.web_server), project.use.viewport) == (1, Size(width=1, height=2))
    assert settled(top, environ=environ).use.viewport == Size(width=1, height=2)


def test_a_project_adds_to_the_web_server_and_its_environment(settled: Loader) -> None:
    project = settled(
        {
            "webServer": {"command": "x", "url": "http://a.test/", "env": {"A": "1", "B": "1"}},
            "projects": [{"name": "a", "webServer": {"env": {"B": "2"}}}],
        }
    )

    assert project.web_server[0].command == "x"
    assert dict(project.web_server[0].env) == {"A": "1", "B": "2"}


def test_a_port_in_a_project_takes_the_place_of_the_url(settled: Loader) -> None:
    project = settled(
        {
            "webServer": {"command": "x", "url": "http://a.test/"},
            "projects": [{"name": "a", "webServer": {"port": 81}}],
        }
    )

    assert (project.web_server[0].url, project.web_server[0].port) == (None, 81)


def test_a_list_of_web_servers_replaces_what_the_top_says(settled: Loader) -> None:
    project = settled(
        {
            "webServer": {"command": "x", "port": 1},
            "projects": [{"name": "a", "webServer": [{"command": "y", "port": 2}, {"command": "z", "port": 3}]}],
        }
    )

    assert [server.command for server in project.web_server] == ["y", "z"]


def test_more_than_ten_web_servers_keep_their_order(settled: Loader) -> None:
    listed = [{"command": f"c{number}", "port": number + 1} for number in range(12)]

    assert [server.port for server in settled({"webServer": listed}).web_server] == list(range(1, 13))


def test_another_provider_gets_none_of_the_options_of_the_one_above(settled: Loader) -> None:
    project = settled(
        {
            "inbox": {"provider": "mailpit", "url": "http://m.test", "password": "${P}", "domain": "qa.test"},
            "projects": [{"name": "a", "inbox": {"provider": "maildev"}}],
        }
    )

    assert (project.inbox.provider, project.inbox.domain) == ("maildev", "qa.test")
    assert dict(project.inbox.options) == {}


def test_a_web_server_port_is_the_base_url_as_in_playwright_test(settled: Loader) -> None:
    assert settled({"webServer": {"command": "x", "port": 81}}).use.base_url == "http://localhost:81"


def test_paths_are_relative_to_the_file(settled: Loader, tmp_path: Path) -> None:
    project = settled({"testDir": "e2e", "use": {"storageState": "state.json"}})

    assert project.test_dir == tmp_path / "e2e"
    assert project.output_dir == tmp_path / "test-results"
    assert project.use.storage_state == str(tmp_path / "state.json")


def test_without_a_file_everything_has_its_default(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    project = load(None, environ={})

    assert (project.name, project.file, project.root) == ("default", None, tmp_path)
    assert (project.inbox.provider, project.use.base_url, project.retries) == ("embedded", None, 0)


def test_the_file_is_found_from_a_folder_below_it(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text("{}")
    below = tmp_path / "e2e" / "deep"
    below.mkdir(parents=True)

    assert find(below) == tmp_path / FILE_NAME
    (tmp_path / "e2e" / FILE_NAME).write_text("{}")
    assert find(below) == tmp_path / "e2e" / FILE_NAME


def test_all_forms_of_a_reporter_are_read(settled: Loader) -> None:
    reporter = settled({"reporter": ["list", ["junit", {"outputFile": "r.xml"}], ["dot"]]}).reporter

    assert [(name, dict(options)) for name, options in reporter] == [
        ("list", {}),
        ("junit", {"outputFile": "r.xml"}),
        ("dot", {}),
    ]
    assert [name for name, _ in settled({"reporter": "line"}).reporter] == ["line"]


def test_snapshots_is_a_trace_without_the_film_strip(settled: Loader) -> None:
    word = settled({"use": {"trace": "snapshots"}}).use.trace
    full = settled({"use": {"trace": {"mode": "on", "sources": False}}}).use.trace

    assert (word.mode, word.screenshots, word.snapshots) == ("retain-on-failure", False, True)
    assert (full.mode, full.screenshots, full.sources) == ("on", True, False)


def test_one_endpoint_may_stand_without_a_list(settled: Loader) -> None:
    project = settled({"use": {"connectOptions": {"wsEndpoint": "ws://127.0.0.1:3000"}}})

    assert project.use.connect_options is not None
    assert project.use.connect_options.ws_endpoint == ("ws://127.0.0.1:3000",)
