"""Find the browser without starting one: Playwright's own download first, then the system's."""

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from inboxwright.errors import ConfigError

# For headless runs the headless shell takes about half the time and CPU of the full browser.
_SHELLS = ("chromium-headless-shell",)
_FULL = (
    "chromium",
    "google-chrome",
    "google-chrome-stable",
    "chromium-browser",
    "microsoft-edge",
    "microsoft-edge-stable",
)
_MAC = ("Chromium", "Google Chrome", "Microsoft Edge")
_SHELL_CHANNEL, _FULL_CHANNEL = "chromium-headless-shell", "chromium"


def find_browser(name: str = "chromium", *, channel: str | None = None, headless: bool = True) -> Path | None:
    """The executable to give to Playwright's `launch`, or None where Playwright finds the right one by itself.

    `name` is chromium, firefox or webkit; `channel` as in Playwright. Starts no browser. Raises ConfigError, in one
    line that says what to install, when there is none.
    """
    if channel not in {None, _SHELL_CHANNEL, _FULL_CHANNEL}:
        return None  # a branded browser: Playwright knows its place, and says so if it is missing
    shell_will_do = name == "chromium" and channel != _FULL_CHANNEL and (headless or channel == _SHELL_CHANNEL)
    if own_download(name, headless_shell=shell_will_do):
        return None
    if name == "chromium" and (found := system_chromium(headless_shell=shell_will_do)):
        return found
    raise ConfigError(remedy(name, headless_shell=shell_will_do))


def own_download(name: str, *, headless_shell: bool) -> Path | None:
    """Playwright's own download of this browser in the version that it wants, if it is there."""
    wanted = "chromium-headless-shell" if headless_shell else name
    if not any(_downloads().glob(f"{wanted.replace('-', '_')}-*")):
        return None  # spares the third of a second that asking takes
    asked = subprocess.run(  # noqa: S603 - our own interpreter with fixed arguments
        [sys.executable, "-m", "playwright", "install", "--dry-run", name],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    for block in asked.stdout.split("\n\n"):
        place = re.search(r"Install location:\s*(.+)", block)
        if place and f"playwright {wanted} v" in block:
            folder = Path(place[1].strip())
            return folder if (folder / "INSTALLATION_COMPLETE").exists() else None
    return None


def system_chromium(*, headless_shell: bool) -> Path | None:
    """The system's own Chromium, Chrome or Edge."""
    for command in (*_SHELLS, *_FULL) if headless_shell else _FULL:
        if found := shutil.which(command):
            return Path(found)
    if sys.platform == "darwin":
        for name in _MAC:
            for root in (Path("/Applications"), Path.home() / "Applications"):
                program = root / f"{name}.app/Contents/MacOS/{name}"
                if program.exists():
                    return program
    return None


def remedy(name: str, *, headless_shell: bool = True) -> str:
    """One line: what to install."""
    line = f"no browser: {name} is not installed; run `playwright install {name}`"
    if name != "chromium":
        return line
    package = "chromium-headless-shell or chromium" if headless_shell else "chromium"
    return line + f", or install your distribution's package ({package}) or Google Chrome"


def _downloads() -> Path:
    # https://playwright.dev/python/docs/browsers#managing-browser-binaries
    named = os.environ.get("PLAYWRIGHT_BROWSERS_PATH")
    if named == "0":
        package = importlib.util.find_spec("playwright")
        return Path(package.origin if package and package.origin else "").parent / "driver/package/.local-browsers"
    if named:
        return Path(named)
    if sys.platform == "darwin":
        return Path.home() / "Library/Caches/ms-playwright"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "ms-playwright"
