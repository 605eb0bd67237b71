"""The wheel alone is enough: installed into a new environment, `init` lays a suite that runs."""

from pathlib import Path

import pytest

from tests.contract.installed import Installed, install

pytestmark = [pytest.mark.wheel, pytest.mark.timeout(1200)]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    return install(tmp_path_factory.mktemp("wheel"), "demo")


def test_the_demo_that_init_lays_passes_its_own_tests(installed: Installed, tmp_path: Path) -> None:
    installed.run("inboxwright", "init", "--demo", cwd=tmp_path)

    shown = installed.run("pytest", "e2e/", "--browser", "chromium", cwd=tmp_path)

    assert " passed" in shown
    assert " failed" not in shown


def test_doctor_finds_the_demo_in_good_health(installed: Installed, tmp_path: Path) -> None:
    installed.run("inboxwright", "init", "--demo", cwd=tmp_path)

    shown = installed.run("inboxwright", "doctor", "--quiet", cwd=tmp_path)

    assert [line[:4] for line in shown.splitlines()] == ["ok  "] * 6


def test_without_the_demo_a_run_asks_for_the_base_url_before_it_starts_anything(
    installed: Installed, tmp_path: Path
) -> None:
    installed.run("inboxwright", "init", cwd=tmp_path)

    shown = installed.run("pytest", "e2e/", "--browser", "chromium", cwd=tmp_path, code=4)

    assert "use.baseURL: the environment variable BASE_URL is not set" in shown
    assert not (tmp_path / "test-results").exists()


def test_every_command_of_the_installed_package_has_help(installed: Installed, tmp_path: Path) -> None:
    shown = installed.run("inboxwright", "--help", cwd=tmp_path)

    commands = [
        line.split()[0]
        for line in shown.partition("Commands:")[2].splitlines()
        if line.startswith("  ") and line[2] != " "
    ]
    assert "init" in commands
    for command in commands:
        assert f"inboxwright {command} [OPTIONS]" in installed.run("inboxwright", command, "--help", cwd=tmp_path)
