"""`inboxwright explain` says what a mail gives and why, and keeps secrets unless asked."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from inboxwright.cli.explain import explain
from tests.unit.mail.build import SITE, TOKEN, button, mail, p, page

URL = f"{SITE}/confirm/{TOKEN}"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "mail.eml"
    path.write_bytes(
        mail(subject="Code 483920", html=page(button(URL, "Confirm"), p("Your code: <b>483920</b>"), footer=True))
    )
    return path


def test_it_masks_and_fits_eighty_columns(file: Path) -> None:
    result = CliRunner(env={"COLUMNS": "80"}).invoke(explain, [str(file), "--host", "app.example"])

    assert result.exit_code == 0
    assert "https://app.example/confirm/" in result.output
    assert "its host is not allowed: mail.example" in result.output
    assert TOKEN not in result.output
    assert "483920" not in result.output
    assert max(map(len, result.output.splitlines())) <= 80


def test_it_shows_secrets_on_request(file: Path) -> None:
    result = CliRunner(env={"COLUMNS": "200"}).invoke(explain, [str(file), "--host", "app.example", "--show-secrets"])

    assert URL in result.output
    assert "483920" in result.output


def test_it_says_what_would_decide(file: Path) -> None:
    result = CliRunner().invoke(explain, [str(file), "--host", "other.example"])

    assert "refused: no link asks for an action" in result.output
    assert "hosts='app.example'" in result.output
    assert "allowedLinkHosts" in result.output


def test_json_is_for_programs(file: Path) -> None:
    result = CliRunner().invoke(explain, [str(file), "--host", "app.example", "--json", "--show-secrets"])

    document = json.loads(result.output)
    assert document["link"]["answer"] == URL
    assert document["code"]["answer"] == "483920"
    assert {item["reason"] for item in document["code"]["candidates"]} >= {None}


def test_json_masks_too(file: Path) -> None:
    result = CliRunner().invoke(explain, [str(file), "--json", "--length", "6", "--alphabet", "digits"])

    assert json.loads(result.output)["code"]["answer"] == "••••••"
    assert TOKEN not in result.output
