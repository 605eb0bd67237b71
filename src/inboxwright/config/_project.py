"""A project: one target, with every value settled."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from inboxwright.config._hosts import host_of
from inboxwright.config._inbox import InboxSettings
from inboxwright.config._keys import Record, Records, key
from inboxwright.config._kinds import Flag, Integer, ListOf, Milliseconds, Pattern
from inboxwright.config._kinds_special import FilePath, Host, Reporters, Workers
from inboxwright.config._origin import Origin
from inboxwright.config._use import Use
from inboxwright.config._web_server import WebServer
from inboxwright.errors import ConfigError


@dataclass(frozen=True, slots=True, kw_only=True)
class Expect:
    """Playwright's own assertions."""

    timeout: int = key(Milliseconds(), "For each `expect`, in ms.", default=5_000)


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """One target of playwright.config.json. Paths are absolute, durations milliseconds."""

    name: str
    root: Path
    """The folder of the configuration file."""
    file: Path | None
    """The configuration file, or None where there is none."""
    origins: Mapping[str, Origin] = field(repr=False)
    """Where each value came from, by its path: `origins["use.baseURL"]`."""

    test_dir: Path = key(FilePath(), "Where the tests are; the file's folder if left out.", default=Path())
    timeout: int = key(Milliseconds(), "For each test, fixtures included. 0: no limit.", default=60_000)
    expect: Expect = key(Record(of=Expect, merge=True), "Playwright's assertions.", default=Expect())
    use: Use = key(Record(of=Use, merge=True), "What tests run in.", default=Use())
    output_dir: Path = key(FilePath(), "Where traces, pictures and mails are put.", default=Path("test-results"))
    retries: int = key(
        Integer(most=100), "How often a failed test runs again; it is then flaky, never passed.", default=0
    )
    web_server: tuple[WebServer, ...] = key(
        Records(of=WebServer), "The application, started by the run; null for none.", default=()
    )
    inbox: InboxSettings = key(Record(of=InboxSettings, merge=True), "Where mail is received.", default=InboxSettings())
    allowed_hosts: tuple[str, ...] = key(
        ListOf(Host(wildcard=True), "a list of hosts"),
        "If given, the base URL's host must be one of these; without a port, any port.",
        default=(),
    )
    workers: int | str | None = key(Workers(), "Processes that share the tests (pytest-xdist).", default=None)
    reporter: tuple[tuple[str, Mapping[str, str]], ...] = key(Reporters(), "How results are told.", default=())
    grep: str | None = key(Pattern(), "Only tests whose id matches.", default=None)
    grep_invert: str | None = key(Pattern(), "Not the tests whose id matches.", default=None)
    forbid_only: bool = key(Flag(), "Fail when a test is marked `only`.", default=False)

    def require_base_url(self) -> str:
        """The base URL, or ConfigError that says where to give it."""
        if self.use.base_url is None:
            where = f"{self.file.name}: " if self.file else ""
            raise ConfigError(
                f'{where}use.baseURL: is missing for project "{self.name}", and a path needs it; set it in the file,'
                " with --base-url or in INBOXWRIGHT_USE_BASE_URL"
            )
        return self.use.base_url

    @property
    def link_hosts(self) -> tuple[str, ...] | None:
        """Hosts that a mailed link may lead to: the base URL's and `allowedLinkHosts`; None for any."""
        base = () if self.use.base_url is None else (host_of(self.use.base_url),)
        return tuple(dict.fromkeys([*base, *self.inbox.allowed_link_hosts])) or None
