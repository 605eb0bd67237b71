"""`init --url`: whose application it is, and what is laid before it is looked at."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from inboxwright.cli import main
from inboxwright.cli._explore import Order, agreed
from inboxwright.cli._skeleton import bones
from inboxwright.config import FILE_NAME
from inboxwright.errors import ConfigError
from inboxwright.explore import JOURNEYS, Exploration, Result, page, table, todo


@pytest.mark.parametrize("url", ["https://staging.example.com", "http://10.0.0.7:8000", "http://localhost.example.com"])
def test_somebody_elses_application_is_not_explored_without_a_yes(tmp_path: Path, url: str) -> None:
    result = CliRunner().invoke(main, ["init", str(tmp_path), "--url", url])

    assert result.exit_code == 1
    assert "would make up to 60 accounts there" in result.output
    assert "add --yes" in result.output
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:8000", "http://localhost:3000", "http://[::1]:80", "http://app.localhost"]
)
def test_this_machine_needs_no_yes(url: str) -> None:
    agreed(Order(url=url))


def test_what_is_no_url_is_refused_by_name() -> None:
    with pytest.raises(ConfigError, match="--url ftp://x: that is no http or https URL"):
        Order(url="ftp://x").application()


def test_with_a_command_the_urls_path_tells_that_the_application_is_ready() -> None:
    application = Order(url="http://127.0.0.1:3000/health", command="npm start").application()

    config = json.loads(bones(application)[FILE_NAME])

    assert config["use"]["baseURL"] == "http://127.0.0.1:3000"
    assert config["webServer"] == {"command": "npm start", "url": "http://127.0.0.1:3000/health"}


def test_the_summary_names_findings_first_and_what_is_left_to_do() -> None:
    written, finding, left = (Result(journey=journey) for journey in JOURNEYS[:3])
    written.state, finding.state, left.state = "written", "finding", "left out"
    left.note, finding.picture = "which of <b>'A'</b> and 'B' sends the form cannot be told", b"png"
    found = Exploration(base_url="http://127.0.0.1:1", ways={}, results=[written, finding, left], people=9)

    html = page(found)

    assert html.index(JOURNEYS[1].title) < html.index(JOURNEYS[2].title) < html.index(JOURNEYS[0].title)
    assert "<b>" not in html
    assert "2 written, 1 findings, 9 people" in table(found)
    assert todo(found) == f"- TODO: {JOURNEYS[2].title}: {left.note}\n"
