"""The checks of `inboxwright doctor`: each says in one line what it found, or fails with what to do."""

import smtplib
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from urllib.parse import urlsplit

import httpx
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import sync_playwright

from inboxwright import running
from inboxwright.browser import find_browser
from inboxwright.config import Project
from inboxwright.errors import InboxwrightError
from inboxwright.inbox import Provider, connect

_PROBE_SENDER = "doctor@inboxwright.test"
_HTTP_TIMEOUT = 10.0  # seconds


class Skipped(Exception):
    """The check does not apply; the text says why."""


@contextmanager
def stopwatch() -> Iterator[list[float]]:
    """Milliseconds that the block took, in the list when it ends."""
    taken: list[float] = []
    begun = time.monotonic()
    yield taken
    taken.append((time.monotonic() - begun) * 1000)


def check_browser(project: Project) -> str:
    """Start the browser that tests would use, or connect to each endpoint."""
    use = project.use
    with sync_playwright() as playwright:
        kind = getattr(playwright, use.browser_name)
        try:
            if use.connect_options is not None:
                remote = use.connect_options
                found = [kind.connect(endpoint, headers=dict(remote.headers)) for endpoint in remote.ws_endpoint]
                versions = {browser.version for browser in found}
                return (
                    f"{use.browser_name} {', '.join(sorted(versions))} at {', '.join(map(_masked, remote.ws_endpoint))}"
                )
            with stopwatch() as taken:
                path = use.launch_options.executable_path or find_browser(
                    use.browser_name, channel=use.channel, headless=True
                )
                channel = None if path else use.channel
                browser = kind.launch(executable_path=path, channel=channel, args=list(use.launch_options.args))
            version = browser.version
            browser.close()
        except PlaywrightError as error:
            first = error.message.strip().splitlines()[0]
            raise InboxwrightError(f"{first}; run `python -m inboxwright.browser install`") from error
    return f"{use.browser_name} {version}{f' at {path}' if path else ''}, started in {taken[0]:.0f} ms"


def open_provider(project: Project) -> Provider:
    """Connect as a run does, but take mail from any sender: the probe's is nobody's."""
    inbox = project.inbox
    return connect(inbox.provider, domain=inbox.domain, timeout=inbox.timeout, **inbox.options)


def check_provider(project: Project, stack: ExitStack) -> tuple[Provider, str]:
    """Connect to where mail is received."""
    with stopwatch() as taken:
        provider = stack.enter_context(open_provider(project))
    able = provider.capabilities
    words = ["wakes waiters" if able.push else "is polled"]
    words += ["any address"] * able.wildcard
    words += [f"keeps {able.retention} messages"] * (able.retention is not None)
    words += _limits(provider)
    where = project.inbox.options.get("url") or project.inbox.options.get("host") or "started for this run"
    return provider, f"{project.inbox.provider} ({_masked(where)}), {', '.join(words)}, connected in {taken[0]:.0f} ms"


def _limits(provider: Provider) -> list[str]:
    """What is left, as the provider says; otherwise the vendor's own words. A failure to ask fails no check."""
    try:
        left = provider.quota()
    except InboxwrightError as error:
        return [f"what it has left could not be read ({error})"]
    if left:
        return [f"has left: {', '.join(map(str, left))}"]
    return [f"limit: {provider.capabilities.quota}"] * (provider.capabilities.quota is not None)


def smtp_of(project: Project, provider: Provider | None) -> tuple[str, int] | None:
    """Where mail for the provider can be delivered."""
    if provider is not None and provider.smtp_address is not None:
        return provider.smtp_address
    return project.inbox.smtp_address


def start_web_servers(project: Project, smtp: tuple[str, int] | None, stack: ExitStack) -> tuple[Project, str]:
    """Start what the run would start, with the environment that it would give."""
    if not project.web_server:
        raise Skipped("none is configured; the application must run already")
    given = {} if smtp is None else {"SMTP_HOST": smtp[0], "SMTP_PORT": str(smtp[1])}
    settled = running.settle(project, given)
    with stopwatch() as taken:
        running.start_web_servers(settled, stack)
    commands = ", ".join(server.name or server.command for server in settled.web_server)
    return settled, f"{commands}, ready in {taken[0]:.0f} ms"


def check_base_url(project: Project) -> str:
    """Ask for the base URL; any answer but a server's error will do, as it may want a sign-in."""
    base = project.require_base_url()
    use = project.use
    login = use.http_credentials
    auth = None if login is None else (login.username, login.password)
    try:
        with (
            stopwatch() as taken,
            httpx.Client(
                headers=dict(use.extra_http_headers),
                auth=auth,
                verify=not use.ignore_https_errors,
                timeout=_HTTP_TIMEOUT,
                proxy=None if use.proxy is None else use.proxy.server,
                trust_env=not _is_loopback(base),  # the environment's proxy is not for this machine
            ) as client,
        ):
            answer = client.get(base)
    except httpx.HTTPError as error:
        reason = str(error) or type(error).__name__
        raise InboxwrightError(
            f"{_masked(base)} does not answer: {reason}; start the application, or correct use.baseURL"
        ) from error
    if answer.status_code >= 500:
        raise InboxwrightError(f"{_masked(base)} answers {answer.status_code}; look at the application's log")
    return f"{_masked(base)} answers {answer.status_code} in {taken[0]:.0f} ms"


def check_mail(project: Project, provider: Provider, smtp: tuple[str, int] | None) -> str:
    """Send a probe to a fresh address and wait for it."""
    if smtp is None:
        name = project.inbox.provider
        raise Skipped(f'a probe cannot be sent: the provider "{name}" has no SMTP address; name one in inbox.smtp')
    inbox = provider.new_inbox("doctor")
    probe = EmailMessage()
    probe["Subject"] = "Probe of inboxwright doctor"
    probe["From"], probe["To"] = _PROBE_SENDER, inbox.address
    probe["Date"], probe["Message-ID"] = formatdate(), make_msgid(domain="inboxwright.test")
    probe.set_content("This mail proves that mail arrives. It is deleted at once.\n")
    try:
        with stopwatch() as taken:
            with smtplib.SMTP(*smtp, timeout=_HTTP_TIMEOUT) as client:
                client.send_message(probe, _PROBE_SENDER, [inbox.address])
            inbox.wait_for_message(timeout=project.inbox.timeout)
    except (OSError, smtplib.SMTPException) as error:
        if isinstance(error, InboxwrightError):
            raise
        raise InboxwrightError(f"{smtp[0]}:{smtp[1]} did not take the probe: {error}; check inbox.smtp") from error
    return f"a probe to {inbox.address} was back after {taken[0]:.0f} ms"


def _is_loopback(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    return host == "localhost" or host.startswith("127.") or host == "::1"


def _masked(text: object) -> str:
    """A URL without its password."""
    return repr(text)[1:-1]
