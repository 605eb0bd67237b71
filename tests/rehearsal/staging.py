"""Staging on this machine: the demo as an application elsewhere, Mailpit as its mail system, a browser server."""

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import httpx

from inboxwright.browser import find_browser
from inboxwright.processes import ManagedProcess, WebServer, free_port
from tests.contract.faulty import FaultProxy
from tests.contract.servers.programs import MAILPIT
from tests.rehearsal.relay import DelayingRelay

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class Staging:
    """What runs, and the variables by which a run finds it."""

    mailpit: ManagedProcess
    mailpit_url: str
    proxy: FaultProxy
    """Between the tests and Mailpit's HTTP interface."""
    env: Mapping[str, str]

    def left_behind(self) -> int:
        """Messages that Mailpit holds."""
        answer = httpx.get(f"{self.mailpit_url}/api/v1/messages", params={"limit": 1}, trust_env=False).json()
        return int(answer["total"])


@contextmanager
def staging(logs: Path, *, delay: float = 0.0, application: bool = True) -> Iterator[Staging]:
    """Everything but the tests. `delay` seconds lie between the application's mail and Mailpit."""
    MAILPIT.install()
    with ExitStack() as stack:
        smtp, web, app, remote = (free_port() for _ in range(4))
        quiet = ["--quiet", "--smtp-disable-rdns", "--disable-version-check"]
        command = [str(MAILPIT.path()), "--smtp", f"127.0.0.1:{smtp}", "--listen", f"127.0.0.1:{web}", *quiet]
        mailpit = stack.enter_context(ManagedProcess(command, output=logs / "mailpit.log"))
        _wait_until_ready(mailpit, f"http://127.0.0.1:{web}/readyz")
        proxy = stack.enter_context(FaultProxy(("127.0.0.1", web), speaks="http"))
        relay = stack.enter_context(DelayingRelay(("127.0.0.1", smtp), delay=delay))
        if application:
            env = {"SMTP_HOST": "127.0.0.1", "SMTP_PORT": str(relay.port), "PORT": str(app), "DEMO_RATE_LIMITS": "off"}
            url = f"http://127.0.0.1:{app}/healthz"
            demo = WebServer(f"{sys.executable} -m demo", url=url, env=env, cwd=ROOT, output=logs / "demo.log")
            stack.enter_context(demo)
        server = f"{sys.executable} -m playwright run-server --port {remote} --host 127.0.0.1 --unsafe"
        stack.enter_context(WebServer(server, port=remote, output=logs / "browsers.log"))
        yield Staging(
            mailpit=mailpit,
            mailpit_url=f"http://127.0.0.1:{web}",
            proxy=proxy,
            env={
                "STAGING_URL": f"http://127.0.0.1:{app}",
                "STAGING_MAIL_DOMAIN": "rehearsal.test",
                "MAILPIT_URL": f"http://127.0.0.1:{proxy.port}",
                "INBOXWRIGHT_USE_CONNECT_OPTIONS_WS_ENDPOINT": f"ws://127.0.0.1:{remote}/",
                **_browser(),
            },
        )


def _wait_until_ready(process: ManagedProcess, url: str) -> None:
    while process.wait(50) is None:
        with suppress(httpx.HTTPError):
            if httpx.get(url, trust_env=False).is_success:
                return
    raise RuntimeError(f"Mailpit ended at once: {process.output_tail()}")


def _browser() -> dict[str, str]:
    """The system's browser, where Playwright has none of its own."""
    found = os.environ.get("REHEARSAL_BROWSER") or find_browser()
    return {} if found is None else {"INBOXWRIGHT_USE_LAUNCH_OPTIONS_EXECUTABLE_PATH": str(found)}
