"""`inboxwright init` lays what runs, and overwrites nothing."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from inboxwright.cli import main
from inboxwright.cli._scaffold import SCHEMA, WORKFLOW, scaffold
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


@pytest.mark.parametrize("demo", [True, False])
def test_the_projects_need_nothing_of_this_repository(tmp_path: Path, demo: bool) -> None:
    init(str(tmp_path), *(["--demo"] if demo else []))

    config = (tmp_path / FILE_NAME).read_text()

    assert [project["name"] for project in json.loads(config)["projects"]] == ["local", "staging"]
    assert "tests." not in config


def test_without_the_demo_the_configuration_asks_for_a_base_url(tmp_path: Path) -> None:
    result = init(str(tmp_path))

    assert "set BASE_URL" in result.output
    assert not (tmp_path / "demo").exists()
    with pytest.raises(ConfigError, match="the environment variable BASE_URL is not set"):
        load(tmp_path / FILE_NAME, environ={})
    project = load(tmp_path / FILE_NAME, environ={"BASE_URL": "https://app.test"})
    assert (project.use.base_url, project.web_server) == ("https://app.test", ())
    assert project.inbox.options["smtp"] in result.output


def test_without_the_demo_each_page_and_flow_says_what_to_adapt(tmp_path: Path) -> None:
    init(str(tmp_path))

    laid = [path for folder in ("pages", "flows", "e2e") for path in (tmp_path / folder).glob("*.py")]
    notes = {path.read_text().splitlines()[0] for path in laid if path.name != "__init__.py"}

    assert len(notes) == 3
    assert all(note.startswith("# Adapt to your application: ") for note in notes)


@pytest.mark.parametrize("demo", [True, False])
def test_the_workflow_installs_the_package_rather_than_the_checkout(tmp_path: Path, demo: bool) -> None:
    init(str(tmp_path), *(["--demo"] if demo else []))

    workflow = (tmp_path / WORKFLOW).read_text()

    assert ('"inboxwright[demo]"' in workflow) is demo
    assert ("BASE_URL: ${{ vars.BASE_URL }}" in workflow) is not demo
    assert "-e " not in workflow


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
    for demo in (True, False):
        laid = scaffold(demo=demo)
        assert not [name for name in laid if "__pycache__" in name or name.endswith(".pyc")]
        assert not [name for name, content in laid.items() if str(TOP).encode() in content]
