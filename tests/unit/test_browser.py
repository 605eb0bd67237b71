"""Playwright's own browser first, then the system's, then the distribution's package, else one line."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from inboxwright.browser import _install as installing
from inboxwright.browser import find_browser, install_browser
from inboxwright.errors import ConfigError


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty machine: the folder that is all of PATH, no download of Playwright's, nowhere to download from."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for tool in ("sh", "touch", "chmod", "cp"):
        (folder / tool).symlink_to(shutil.which(tool) or "")
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path / "downloads"))
    monkeypatch.setenv("PLAYWRIGHT_DOWNLOAD_HOST", "http://127.0.0.1:9")
    monkeypatch.setattr(sys, "platform", "linux")
    return folder


@pytest.fixture
def starts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every browser starts."""
    monkeypatch.setattr(installing, "_trouble", lambda *_: "")


def add(folder: Path, *names: str, script: str = "exit 0") -> None:
    for name in names:
        program = folder / name
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o755)


def download(tmp_path: Path, name: str) -> None:
    """What `playwright install` leaves behind, without the browser."""
    asked = subprocess.run(
        [sys.executable, "-m", "playwright", "install", "--dry-run", "chromium"],
        capture_output=True,
        text=True,
        check=True,
    )
    folders = [Path(line.split(":", 1)[1].strip()) for line in asked.stdout.splitlines() if "location:" in line]
    folder = next(folder for folder in folders if folder.name.startswith(name))
    folder.mkdir(parents=True)
    (folder / "INSTALLATION_COMPLETE").touch()
    assert folder.is_relative_to(tmp_path)


def test_playwrights_own_shell_comes_first(programs: Path, tmp_path: Path) -> None:
    add(programs, "chromium-headless-shell", "chromium")
    download(tmp_path, "chromium_headless_shell-")

    assert find_browser() is None


def test_playwrights_shell_is_not_taken_for_a_headed_run(programs: Path, tmp_path: Path) -> None:
    add(programs, "chromium")
    download(tmp_path, "chromium_headless_shell-")

    assert find_browser(headless=False) == programs / "chromium"


def test_playwrights_own_chromium_serves_a_headed_run(programs: Path, tmp_path: Path) -> None:
    add(programs, "chromium")
    download(tmp_path, "chromium-")

    assert find_browser(headless=False) is None


def test_a_download_of_another_version_does_not_count(programs: Path, tmp_path: Path) -> None:
    add(programs, "chromium")
    old = tmp_path / "downloads/chromium_headless_shell-1"
    old.mkdir(parents=True)
    (old / "INSTALLATION_COMPLETE").touch()

    assert find_browser() == programs / "chromium"


def test_a_download_that_broke_off_does_not_count(programs: Path, tmp_path: Path) -> None:
    add(programs, "chromium")
    download(tmp_path, "chromium_headless_shell-")
    next((tmp_path / "downloads").glob("*/INSTALLATION_COMPLETE")).unlink()

    assert find_browser() == programs / "chromium"


def test_the_systems_shell_is_preferred_for_headless_runs(programs: Path) -> None:
    add(programs, "google-chrome", "chromium", "chromium-headless-shell")

    assert find_browser() == programs / "chromium-headless-shell"
    assert find_browser(headless=False) == programs / "chromium"
    assert find_browser(channel="chromium") == programs / "chromium"


@pytest.mark.parametrize("name", ["chromium", "google-chrome", "microsoft-edge-stable"])
def test_any_chromium_of_the_system_will_do(programs: Path, name: str) -> None:
    add(programs, name)

    assert find_browser() == programs / name


@pytest.mark.parametrize("channel", ["chrome", "msedge-beta", "moz-firefox"])
def test_a_branded_channel_is_left_to_playwright(programs: Path, channel: str) -> None:
    assert find_browser(channel=channel) is None


def test_no_browser_is_one_line_that_says_what_to_install(programs: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        find_browser()

    assert str(caught.value) == (
        "no browser: chromium is not installed; run `playwright install chromium`, or install your distribution's"
        " package (chromium-headless-shell or chromium) or Google Chrome"
    )


def test_the_systems_firefox_is_not_taken(programs: Path) -> None:
    add(programs, "firefox")

    with pytest.raises(ConfigError, match=r"^no browser: firefox is not installed; run `playwright install firefox`$"):
        find_browser("firefox")


@pytest.mark.usefixtures("starts")
def test_install_falls_back_to_the_systems(programs: Path) -> None:
    add(programs, "chromium")
    said: list[str] = []

    install_browser(say=said.append)

    assert said[-1].endswith(f"the system's {programs / 'chromium'} will do")


@pytest.mark.usefixtures("starts")
def test_install_brings_the_lists_up_to_date_and_takes_the_first_package_there_is(
    programs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    log = tmp_path / "log"
    shell_is_unknown = f'case "$*" in *shell*) exit 100;; *chromium*) cp "$0" {programs}/chromium;; esac'
    add(programs, "apt-get", script=f'echo "$@" >> {log}; {shell_is_unknown}')

    install_browser(say=lambda _: None)

    options = "install -y -q --no-install-recommends"
    assert log.read_text().splitlines() == [
        "update -q",
        f"{options} chromium-headless-shell fonts-liberation",
        f"{options} chromium fonts-liberation",
    ]


def test_install_without_the_right_to_install_is_one_line(programs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    add(programs, "apt-get", script="exit 1")
    add(programs, "sudo", script="exit 1")

    with pytest.raises(ConfigError, match=r"^no browser: chromium is not installed; run [^\n]+$"):
        install_browser(say=lambda _: None)


def test_a_browser_that_does_not_start_is_named(programs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installing, "_trouble", lambda *_: "libnss3.so: cannot open shared object file")
    add(programs, "chromium")

    with pytest.raises(ConfigError, match=r"bin/chromium does not start \(libnss3.so: cannot open"):
        install_browser(say=lambda _: None)


def test_the_module_exits_with_1_and_the_line(programs: Path) -> None:
    add(programs, "apt-get", script="exit 1")

    run = subprocess.run(
        [sys.executable, "-m", "inboxwright.browser", "install"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert run.returncode == 1
    assert run.stderr.startswith("error: no browser: chromium is not installed")
    assert run.stderr.count("\n") == 1
