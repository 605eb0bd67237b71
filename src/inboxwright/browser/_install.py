"""Get a browser that starts: Playwright's download, else the system's, else the distribution's package."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from inboxwright.browser._find import find_browser, own_download, remedy, system_chromium
from inboxwright.errors import ConfigError
from inboxwright.processes import ManagedProcess

_SILENCE = 60.0  # seconds without a word of progress after which a download is given up
_PATIENCE = 900.0  # seconds that any one step may take
_TRIAL = """
import sys
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    browser = getattr(playwright, sys.argv[1]).launch(executable_path=sys.argv[2] or None)
    print(browser.version)
    browser.close()
"""
_PACKAGES: dict[str, tuple[list[list[str]], list[list[str]]]] = {
    # manager: (how to bring its lists up to date, what to try in turn)
    "apt-get": (
        [["apt-get", "update", "-q"]],
        [
            ["apt-get", "install", "-y", "-q", "--no-install-recommends", package, "fonts-liberation"]
            for package in ("chromium-headless-shell", "chromium")
        ],
    ),
    "dnf": ([], [["dnf", "install", "-y", "-q", p, "liberation-fonts"] for p in ("chromium-headless", "chromium")]),
    "pacman": ([], [["pacman", "-Sy", "--noconfirm", "--needed", "chromium", "ttf-liberation"]]),
}


def install_browser(name: str = "chromium", *, say: Callable[[str], object]) -> None:
    """Make sure that browser `name` is there and starts, telling each step through `say`.

    Raises ConfigError, in one line that says what to do, when that cannot be had here.
    """
    headless_shell = name == "chromium"
    if not own_download(name, headless_shell=headless_shell):
        say(f"browser: asking Playwright for {name}")
        _run([sys.executable, "-m", "playwright", "install", name])
    if own_download(name, headless_shell=headless_shell):
        if (problem := _trouble(name)) and _may_install("apt-get") is not None:
            say("browser: installing the libraries that Playwright's browser needs")
            _run([sys.executable, "-m", "playwright", "install-deps", name])
            problem = _trouble(name)
        if problem:
            raise ConfigError(
                f"Playwright's {name} does not start ({problem}); run"
                f" `sudo {sys.executable} -m playwright install-deps {name}`"
            )
        say(f"browser: Playwright's own {name}")
        return
    if name != "chromium":
        raise ConfigError(remedy(name))
    if not system_chromium(headless_shell=True):
        _install_package(say)
    found = find_browser()
    if found and (problem := _trouble(name, found)):
        raise ConfigError(f"{found} does not start ({problem}); {remedy(name)}")
    say(f"browser: Playwright's own could not be had here; the system's {found} will do")


def _install_package(say: Callable[[str], object]) -> None:
    for manager, (updates, attempts) in _PACKAGES.items():
        if (prefix := _may_install(manager)) is None:
            continue
        say(f"browser: installing the distribution's package with {manager}")
        for command in updates:
            _run([*prefix, *command])
        for command in attempts:
            if _run([*prefix, *command]) == 0 and system_chromium(headless_shell=True):
                return


def _may_install(manager: str) -> list[str] | None:
    """What to put before the package manager's command, or None when the user may not use it."""
    if sys.platform == "win32" or not shutil.which(manager):
        return None
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") and _run(["sudo", "-n", "true"]) == 0:
        return ["sudo", "-n", "env", "DEBIAN_FRONTEND=noninteractive"]
    return None


def _run(command: Sequence[str]) -> int:
    """Run without a terminal and without output; given up when it says nothing for long."""
    quick_to_give_up = {"PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT": "5000", "DEBIAN_FRONTEND": "noninteractive"}
    with ManagedProcess(command, env=quick_to_give_up) as process:
        end = time.monotonic() + _PATIENCE
        heard, last_words = "", time.monotonic()
        while (code := process.wait(500)) is None and time.monotonic() < end:
            if (tail := process.output_tail()) != heard:
                heard, last_words = tail, time.monotonic()
            elif time.monotonic() - last_words > _SILENCE:
                break
    return -1 if code is None else code


def _trouble(name: str, executable: Path | None = None) -> str:
    """Start the browser once; what it says if it does not start, else nothing."""
    try:
        trial = subprocess.run(  # noqa: S603 - our own interpreter with fixed arguments
            [sys.executable, "-c", _TRIAL, name, str(executable or "")],
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return "it did not answer within 120 s"
    return "" if trial.returncode == 0 else " ".join(trial.stderr.strip().splitlines()[-1:]) or "it ended at once"
