"""`inboxwright init` lays what runs, and overwrites nothing."""

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from inboxwright.cli import main
from inboxwright.cli._scaffold import WORKFLOW, scaffold
from inboxwright.cli._skeleton import IGNORED, ONE_PLUGIN, SCHEMA, SMTP, Application, skeleton
from inboxwright.config import FILE_NAME, load
from inboxwright.errors import ConfigError

TOP = Path(__file__).parents[3]


def init(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["init", *arguments])


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_with_the_demo_the_files_are_those_at_the_top_of_this_repository(tmp_path: Path) -> None:
    result = init(str(tmp_path), "--demo")

    assert result.exit_code == 0
    laid = files(tmp_path)
    sources = {name: (TOP / name).read_bytes() for name in laid if name != SCHEMA}
    assert {name for name, content in sources.items() if laid[name] != content} == {FILE_NAME, WORKFLOW}
    assert {name.split("/")[0] for name in laid} == {
        ".github", "conftest.py", "demo", "e2e", "flows", "pages", FILE_NAME, SCHEMA,
    }  # fmt: skip


def test_with_the_demo_the_configuration_needs_no_variable(tmp_path: Path) -> None:
    init(str(tmp_path), "--demo")

    project = load(tmp_path / FILE_NAME, environ={})

    assert (project.name, project.web_server[0].command) == ("local", "python -m demo")
    assert json.loads((tmp_path / FILE_NAME).read_text())["$schema"] == f"./{SCHEMA}"


def test_with_the_demo_the_projects_need_nothing_of_this_repository(tmp_path: Path) -> None:
    init(str(tmp_path), "--demo")

    config = (tmp_path / FILE_NAME).read_text()

    assert [project["name"] for project in json.loads(config)["projects"]] == ["local", "staging"]
    assert "tests." not in config


def test_with_the_demo_the_workflow_installs_the_package_rather_than_the_checkout(tmp_path: Path) -> None:
    init(str(tmp_path), "--demo")

    workflow = (tmp_path / WORKFLOW).read_text()

    assert '"inboxwright[demo]"' in workflow
    assert "-e " not in workflow


def test_without_the_demo_there_is_one_page_one_flow_one_test_and_nothing_of_the_demo(tmp_path: Path) -> None:
    result = init(str(tmp_path))

    assert result.exit_code == 0, result.output
    assert set(files(tmp_path)) == {
        ".gitignore", "conftest.py", "pytest.ini", "e2e/test_sign_up.py", "flows/__init__.py", "flows/sign_up.py",
        "pages/__init__.py", "pages/sign_up.py", FILE_NAME, SCHEMA,
    }  # fmt: skip
    assert not [name for name, content in files(tmp_path).items() if re.search(rb"demo|[Mm]eadow", content)]


def test_what_to_do_next_takes_three_lines(tmp_path: Path) -> None:
    said = init(str(tmp_path)).output.partition("Next:\n")[2].splitlines()

    assert [line[:4] for line in said] == ["  1.", "  2.", "  3."]
    assert "set BASE_URL" in said[0]
    assert SMTP in said[0]


def test_without_a_command_the_configuration_asks_for_a_base_url(tmp_path: Path) -> None:
    init(str(tmp_path))

    with pytest.raises(ConfigError, match="the environment variable BASE_URL is not set"):
        load(tmp_path / FILE_NAME, environ={})
    project = load(tmp_path / FILE_NAME, environ={"BASE_URL": "https://app.test"})
    assert (project.use.base_url, project.web_server) == ("https://app.test", ())


def test_a_command_becomes_the_web_server(tmp_path: Path) -> None:
    result = init(str(tmp_path), "--command", "npm start", "--base-url", "http://127.0.0.1:3000")

    project = load(tmp_path / FILE_NAME, environ={})

    assert (project.use.base_url, project.web_server[0].command) == ("http://127.0.0.1:3000", "npm start")
    assert project.web_server[0].url == "http://127.0.0.1:3000"
    assert "SMTP_HOST and SMTP_PORT, which the run sets" in result.output


def test_at_a_terminal_it_asks_how_the_application_is_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("inboxwright.cli.init._at_a_terminal", lambda: True)

    CliRunner().invoke(main, ["init", str(tmp_path)], input="npm start\nhttp://127.0.0.1:3000\n")

    project = load(tmp_path / FILE_NAME, environ={})
    assert (project.use.base_url, project.web_server[0].command) == ("http://127.0.0.1:3000", "npm start")


def test_lines_are_added_to_what_is_there_and_none_twice(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_text("node_modules/\ntest-results/")
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "mine"\n')

    init(str(tmp_path))

    ignored = (tmp_path / ".gitignore").read_text().splitlines()
    assert ignored == ["node_modules/", "test-results/", *(line for line in IGNORED if line != "test-results/")]
    settings = tomllib.loads((tmp_path / "pyproject.toml").read_text())
    assert settings["tool"]["pytest"]["ini_options"]["addopts"] == ONE_PLUGIN
    assert settings["project"]["name"] == "mine"


def test_settings_of_ones_own_are_not_touched_and_the_line_is_told(tmp_path: Path) -> None:
    mine = "[pytest]\naddopts = -q\n"
    (tmp_path / "pytest.ini").write_text(mine)

    result = init(str(tmp_path))

    assert (tmp_path / "pytest.ini").read_text() == mine
    assert f"add {ONE_PLUGIN} to addopts in pytest.ini" in result.output


def test_with_one_plugin_installed_nothing_is_said_of_two(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("inboxwright.cli._skeleton.find_spec", lambda name: None)

    result = init(str(tmp_path))

    assert not (tmp_path / "pytest.ini").exists()
    assert ONE_PLUGIN not in result.output


def test_what_is_laid_is_collected_and_clean(tmp_path: Path) -> None:
    init(str(tmp_path), "--command", "true")

    for arguments in (("pytest", "--collect-only", "-q"), ("ruff", "check", "."), ("ruff", "format", "--check", ".")):
        done = subprocess.run(
            [sys.executable, "-m", *arguments], cwd=tmp_path, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout


def test_nothing_is_written_where_something_is_there_already(tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "sign_up.py").write_text("mine")
    (tmp_path / "conftest.py").symlink_to("nowhere")

    result = init(str(tmp_path))

    assert result.exit_code == 1
    assert result.stderr == (
        f"Error: nothing was written, as these are in {tmp_path} already:\n  conftest.py\n  pages/sign_up.py\n"
        "Move them away, choose another folder, or keep them and write the others with --keep.\n"
    )
    assert files(tmp_path) == {"pages/sign_up.py": b"mine"}


def test_keep_writes_the_others_and_names_what_it_kept(tmp_path: Path) -> None:
    (tmp_path / "conftest.py").write_text("mine")

    result = init(str(tmp_path), "--keep")

    assert result.output.startswith("kept conftest.py\nwrote ")
    assert (tmp_path / "conftest.py").read_text() == "mine"
    assert (tmp_path / "flows" / "sign_up.py").exists()


def test_a_second_init_changes_nothing(tmp_path: Path) -> None:
    init(str(tmp_path))
    before = files(tmp_path)

    assert init(str(tmp_path), "--demo").exit_code == 1
    assert files(tmp_path) == before


def test_a_file_where_a_folder_must_be_is_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "pages").write_text("mine")

    result = init(str(tmp_path))

    assert "  pages/sign_up.py\n" in result.stderr
    assert files(tmp_path) == {"pages": b"mine"}


def test_a_folder_that_does_not_exist_is_made(tmp_path: Path) -> None:
    assert init(str(tmp_path / "new" / "repository")).exit_code == 0
    assert (tmp_path / "new" / "repository" / FILE_NAME).exists()


def test_what_is_laid_is_free_of_caches_and_of_this_repositorys_paths() -> None:
    for laid in (scaffold(), skeleton(Application())):
        assert not [name for name in laid if "__pycache__" in name or name.endswith(".pyc")]
        assert not [name for name, content in laid.items() if str(TOP).encode() in content]
