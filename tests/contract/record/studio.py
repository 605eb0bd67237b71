"""A project of a user's own in a folder, the application and mail beside it, and recordings made into it."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self, TypeVar

from inboxwright import Identity, Provider, connect
from inboxwright.address import new_id
from inboxwright.browser import find_browser
from inboxwright.processes import WebServer, free_port
from inboxwright.record import BrowserSettings, Driver, Session, Settings, Timeline, record
from inboxwright.record.generate import Generated, generate, write
from inboxwright.record.walk import find_flow, walk
from tests.contract.record.robot import Robot

REPOSITORY = Path(__file__).resolve().parents[3]
T = TypeVar("T")
Journey = Callable[[Robot], Awaitable[None]]
_TIME_FOR_ALL = 60.0  # seconds that a whole recording may take


@dataclass(slots=True, kw_only=True)
class Recorded:
    """What one recording gave."""

    timeline: Timeline
    generated: Generated
    shown: list[str]
    """What the panel showed of the steps, and how it looked when it ended."""


@dataclass(slots=True, kw_only=True)
class Studio:
    """One application that is recorded, and the project that the recordings go into."""

    root: Path
    command: str
    path: str = "/healthz"
    cwd: Path = REPOSITORY
    env: Mapping[str, str] = field(default_factory=dict)
    inbox: Mapping[str, Any] = field(default_factory=lambda: {"provider": "embedded"})
    """Where mail is received, as in playwright.config.json."""
    services: ExitStack = field(default_factory=ExitStack)
    provider: Provider = field(init=False)
    base_url: str = field(init=False)

    def __enter__(self) -> Self:
        self.lay()
        self.provider = self.services.enter_context(connect(**self.inbox))
        host, port = self.provider.smtp_address or ("", 0)
        listen = str(free_port())
        self.base_url = f"http://127.0.0.1:{listen}"
        env = {**self.env, "PORT": listen, "SMTP_HOST": host, "SMTP_PORT": str(port), "BASE_URL": self.base_url}
        command = self.command.replace("${PORT}", listen)
        self.services.enter_context(WebServer(command, url=self.base_url + self.path, env=env, cwd=self.cwd))
        return self

    def __exit__(self, *_: object) -> None:
        self.services.close()

    def lay(self) -> None:
        """The project as `inboxwright init` would leave it, without tests."""
        server = {
            "command": self.command,
            "url": f"http://127.0.0.1:0{self.path}",
            "cwd": str(self.cwd),
            "env": dict(self.env),
        }
        config = {
            "testDir": "e2e", "use": {"baseURL": "http://127.0.0.1:0"}, "webServer": server,
            "expect": {"timeout": 3000}, "inbox": {**self.inbox, "timeout": 6000},
        }  # fmt: skip
        (self.root / "playwright.config.json").write_text(json.dumps(config, indent=2), encoding="utf-8")
        for folder in ("pages", "flows", "e2e"):
            (self.root / folder).mkdir(exist_ok=True)
        (self.root / "conftest.py").write_text("", encoding="utf-8")
        (self.root / "pyproject.toml").write_text(_SETTINGS, encoding="utf-8")

    def settings(self, name: str, start: str, *, after: str = "") -> tuple[Settings, BrowserSettings]:
        """As the command would make them, headless."""
        settings = Settings(
            name=name, base_url=self.base_url, start=start, headless=True,
            link_hosts=(self.base_url.removeprefix("http://"),), after=after,
        )  # fmt: skip
        found = find_browser()
        launch: dict[str, Any] = {"executable_path": str(found)} if found else {}
        return settings, BrowserSettings(headless=True, launch=launch)

    def record(self, name: str, start: str, journey: Journey, *, after: str = "", save: bool = True) -> Recorded:
        """Let the robot walk the journey, and write what the recorder makes of it."""
        settings, browser = self.settings(name, start, after=after)
        identity = Identity.generate(new_id())
        walked = None
        if after:
            flow = find_flow(after, self.root)
            walked = walk(flow, self.provider, identity, browser, {"base_url": self.base_url}, hint=name)
        shown: list[str] = []

        async def drive(session: Session) -> None:
            try:
                await asyncio.wait_for(journey(Robot(session)), _TIME_FOR_ALL)
            except BaseException:
                await session.page.screenshot(path=self.root / f"failed-{name}-page.png")
                await session.panel.page.screenshot(path=self.root / f"failed-{name}-panel.png")
                raise
            shown.append(await session.panel.page.locator("#steps").inner_text())

        def finish(timeline: Timeline) -> str:
            if save:
                write(generate(timeline, self.root), self.root)
            return "written"

        generated: list[Generated] = []

        def keep(timeline: Timeline) -> str:
            generated.append(generate(timeline, self.root))
            return finish(timeline)

        timeline = in_thread(
            lambda: record(settings, browser, self.provider, identity, finish=keep, driver=drive, walked=walked)
        )
        return Recorded(timeline=timeline, generated=generated[0], shown=shown)


def in_thread(work: Callable[[], T]) -> T:
    """Away from Playwright's sync API, which may already turn a loop in this thread."""
    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(work).result()


_SETTINGS = f"""\
[tool.ruff]
extend = "{REPOSITORY / "pyproject.toml"}"

[tool.mypy]
strict = true
explicit_package_bases = true

[tool.pytest.ini_options]
addopts = "--strict-markers --strict-config -p no:playwright-asyncio"
"""
"""Ruff judges by this repository's own rules."""

__all__ = ["Driver", "Recorded", "Studio", "in_thread"]
