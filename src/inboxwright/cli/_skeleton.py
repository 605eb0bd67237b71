"""What `init` lays into a repository of one's own: a configuration, one page, one flow, one test, and nothing else."""

import json
import re
from dataclasses import dataclass
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from inboxwright.config import FILE_NAME

SCHEMA: Final = "playwright.config.schema.json"
SMTP: Final = "127.0.0.1:2525"
"""Where an application that the run does not start can deliver to the embedded server."""
ONE_PLUGIN: Final = "-p no:playwright-asyncio"
"""Two plugins of one family refuse to be loaded together; this settles which one runs."""
IGNORED: Final = ("test-results/", "playwright-report/", ".inboxwright/")

_PAGE = '''"""The sign-up form."""

from playwright.sync_api import Page


class SignUpPage:
    """Adapt: the path, and the words on your screen. `inboxwright record sign_up` writes such a page by itself."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.email = page.get_by_label("Email")
        self.password = page.get_by_label("Password")
        self.submit = page.get_by_role("button", name="Sign up")

    def open(self) -> None:
        """Go to the form."""
        self.page.goto("/signup")

    def register(self, *, email: str, password: str) -> None:
        """Fill in the form and send it."""
        self.email.fill(email)
        self.password.fill(password)
        self.submit.click()
'''
_FLOW = '''"""Sign up, confirmed by a mailed link."""

from inboxwright import User

from pages.sign_up import SignUpPage


def sign_up(user: User) -> None:
    """Adapt: the order of your screens, and what tells the mail; `message.code()` where a code is mailed."""
    form = SignUpPage(user.page)
    form.open()
    with user.inbox.expect_message() as mail:
        form.register(email=user.inbox.address, password=user.identity.password)
    user.open(mail.value.link())
'''
_TEST = '''"""What must hold of a sign-up."""

from inboxwright import User
from playwright.sync_api import expect

from flows.sign_up import sign_up


def test_a_confirmed_user_is_signed_in(user: User) -> None:
    sign_up(user)

    # Adapt: what only a signed-in user sees.
    expect(user.page.get_by_text(user.inbox.address)).to_be_visible()
'''


_STAGING: Final[dict[str, Any]] = {
    "name": "staging",
    "use": {"baseURL": "${STAGING_URL}"},
    "webServer": None,
    "allowedHosts": ["staging.example.com", "127.0.0.1", "localhost"],
    "inbox": {"provider": "mailpit", "url": "${MAILPIT_URL}", "domain": "${STAGING_MAIL_DOMAIN}"},
}
_CONFTEST = '"""Wiring only. Its folder is on the import path of the tests, so that they find flows/ and pages/."""\n'


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """How the application is started and where it answers."""

    command: str = ""
    """Empty: the run does not start it."""
    url: str = ""
    """Where it answers; empty: what BASE_URL says. Port 0: the run chooses a port and gives it as PORT."""
    ready: str = ""
    """What answers once it is ready, if that is another URL."""


def skeleton(application: Application) -> dict[str, bytes]:
    """Each file to lay, by its path from the repository's top."""
    schema = Path(str(files("inboxwright.config"))) / SCHEMA
    laid = {
        "pages/__init__.py": '"""Page objects: one screen a file."""\n',
        "pages/sign_up.py": _PAGE,
        "flows/__init__.py": '"""Flows: how a person gets through a journey, one journey a file."""\n',
        "flows/sign_up.py": _FLOW,
        "e2e/test_sign_up.py": _TEST,
        "conftest.py": _CONFTEST,
        FILE_NAME: json.dumps(config(application), indent=2) + "\n",
        SCHEMA: schema.read_text(encoding="utf-8"),
    }
    return {name: content.encode() for name, content in laid.items()}


def bones(application: Application) -> dict[str, bytes]:
    """Of the skeleton what has nothing to adapt: the rest is written from what is found."""
    return {name: content for name, content in skeleton(application).items() if "/" not in name}


def config(application: Application) -> dict[str, Any]:
    """The configuration as JSON holds it."""
    inbox: dict[str, Any] = {"provider": "embedded"}
    laid: dict[str, Any] = {
        "$schema": f"./{SCHEMA}",
        "testDir": "e2e",
        "use": {"baseURL": application.url or "${BASE_URL}", "trace": "retain-on-failure"},
    }
    if application.command:
        laid["webServer"] = {"command": application.command, "url": application.ready or application.url}
    else:
        inbox["smtp"] = SMTP
    return laid | {"inbox": inbox, "projects": [{"name": "local"}, _STAGING]}


def lines(folder: Path) -> tuple[dict[str, bytes], list[str]]:
    """What is to be added at the end of files that may be there, by name; and what only a person can add."""
    added: dict[str, bytes] = {}
    ignore = _text(folder / ".gitignore")
    missing = [line for line in IGNORED if line not in ignore.splitlines()]
    if missing:
        added[".gitignore"] = _after(ignore, "".join(f"{line}\n" for line in missing))
    if not find_spec("pytest_playwright_asyncio"):
        return added, []
    place, text = _pytest_settings(folder)
    if place == "":
        pyproject = _text(folder / "pyproject.toml")
        if pyproject:
            added["pyproject.toml"] = _after(pyproject, f'\n[tool.pytest.ini_options]\naddopts = "{ONE_PLUGIN}"\n')
        else:
            added["pytest.ini"] = f"[pytest]\naddopts = {ONE_PLUGIN}\n".encode()
        return added, []
    if "no:playwright" in text:
        return added, []
    return added, [f"add {ONE_PLUGIN} to addopts in {place}: both of Playwright's pytest plugins are installed"]


def _pytest_settings(folder: Path) -> tuple[str, str]:
    """The file with pytest's settings and its text; empty if there is none."""
    for name, section in (
        ("pytest.ini", ""), (".pytest.ini", ""), ("pyproject.toml", r"^\[tool\.pytest"), ("tox.ini", r"^\[pytest\]"),
        ("setup.cfg", r"^\[tool:pytest\]"),
    ):  # fmt: skip
        text = _text(folder / name)
        if (folder / name).is_file() and re.search(section, text, re.MULTILINE):
            return name, text
    return "", ""


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def _after(text: str, more: str) -> bytes:
    """What has to be appended, on a line of its own."""
    return (("" if not text or text.endswith("\n") else "\n") + more).encode()
