"""A project: one target, with every value settled."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from inboxwright.address import DEFAULT_DOMAIN
from inboxwright.config._keys import Record, Records, beside, key
from inboxwright.config._kinds import Choice, Flag, FrozenMap, Integer, ListOf, Milliseconds, Pattern, Text
from inboxwright.config._kinds_special import Domain, FilePath, Host, Reporters, Workers, host_and_port
from inboxwright.config._provider_options import PROVIDERS
from inboxwright.config._reading import Origin
from inboxwright.config._secrets import Secret
from inboxwright.config._use import Use, WebServer
from inboxwright.errors import ConfigError

_SENDERS = ListOf(
    Text('an address or a domain like "@example.com"', public=True),
    "a list of addresses, or of domains like @example.com",
)
_HOSTS = ListOf(Host(), "a list of hosts")


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One of several accounts of a provider: the options in which it differs."""

    domain: str | None = key(Domain(), "The domain of this account's addresses.", default=None)
    options: Mapping[str, Any] = beside(PROVIDERS)


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxSettings:
    """Where mail is received; `options` are the provider's own, as keyword arguments of `connect`."""

    provider: str = key(Choice(*PROVIDERS), "The mail system.", default="embedded")
    domain: str = key(Domain(), "The domain that addresses are minted in.", default=DEFAULT_DOMAIN)
    timeout: int = key(Milliseconds(), "How long a wait for mail takes at most. 0: no limit.", default=30_000)
    allowed_senders: tuple[str, ...] = key(_SENDERS, "If given, mail from anyone else is refused.", default=())
    blocked_senders: tuple[str, ...] = key(_SENDERS, "Mail from these is refused.", default=())
    allowed_link_hosts: tuple[str, ...] = key(
        _HOSTS, "Hosts that a mailed link may lead to, besides the base URL's.", default=()
    )
    unclaimed: Literal["warn", "fail", "ignore"] = key(
        Choice("warn", "fail", "ignore"), "What a message does that no expectation claimed.", default="warn"
    )
    click_trackers: tuple[str, ...] = key(
        _HOSTS, "Hosts of click trackers, whose links are followed to where they lead.", default=()
    )
    trusted_receivers: tuple[str, ...] = key(
        ListOf(Text("an authserv-id", public=True), "a list of authserv-ids"),
        "Whose Authentication-Results are believed (RFC 8601 section 5).",
        default=(),
    )
    require_authentication: tuple[str, ...] = key(
        ListOf(Choice("spf", "dkim", "dmarc"), 'a list of "spf", "dkim" and "dmarc"'),
        "What a trusted receiver must have passed, for the sender's domain; other mail is refused.",
        default=(),
    )
    accounts: tuple[Account, ...] = key(
        Records(of=Account),
        "Several accounts of the provider, which the workers share out; each an object with what is its own.",
        default=(),
    )
    options: Mapping[str, Any] = beside(PROVIDERS)

    @property
    def smtp_address(self) -> tuple[str, int] | None:
        """Host and port of `smtp`: where mail is delivered; None if left out or not settled (port 0)."""
        given = self.options.get("smtp")
        address = host_and_port(given) if given else ("", 0)
        return address if address[1] else None

    def each_account(self) -> "tuple[InboxSettings, ...]":
        """One for each of `accounts`, its options laid over those here; these settings alone where there is none."""
        return tuple(map(self._with, self.accounts)) or (self,)

    def _with(self, account: Account) -> "InboxSettings":
        options = FrozenMap({**self.options, **account.options})
        return replace(self, domain=account.domain or self.domain, options=options)


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
    secrets: tuple[Secret, ...] = field(repr=False, default=())
    """What its variables held, where that may be a secret; `secret_values` has all."""

    test_dir: Path = key(FilePath(), "Where the tests are; the file's folder if left out.", default=Path())
    timeout: int = key(Milliseconds(), "For each test, fixtures included. 0: no limit.", default=60_000)
    expect: Expect = key(Record(of=Expect, merge=True), "Playwright's assertions.", default=Expect())
    use: Use = key(Record(of=Use, merge=True), "What tests run in.", default=Use())
    output_dir: Path = key(FilePath(), "Where traces, pictures and mails are put.", default=Path("test-results"))
    retries: int = key(
        Integer(most=100), "How often a failed test runs again; it is then flaky, never passed.", default=0
    )
    web_server: tuple[WebServer, ...] = key(
        Records(of=WebServer, alone=True), "The application, started by the run; null for none.", default=()
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


_DEFAULT_PORTS = {"http": 80, "https": 443}


def host_of(url: str) -> str:
    """`host`, or `host:port` where the port is not its scheme's default, lower-case (RFC 3986 section 3.2)."""
    parts = urlsplit(url)
    host = (parts.hostname or "").lower()
    host = f"[{host}]" if ":" in host else host
    port = parts.port
    return host if port is None or port == _DEFAULT_PORTS.get(parts.scheme) else f"{host}:{port}"


def is_allowed(url: str, allowed: Sequence[str]) -> bool:
    """Whether the URL's host is in the list: `host` on any port, `host:port`, or `*.example.com`."""
    parts = urlsplit(url)
    host = (parts.hostname or "").lower()
    host = f"[{host}]" if ":" in host else host
    port = parts.port if parts.port is not None else _DEFAULT_PORTS.get(parts.scheme)
    for entry in allowed:
        name, colon, wanted = entry.rpartition(":") if not entry.endswith("]") else (entry, "", "")
        if not colon:
            name, wanted = entry, ""
        matches = host.endswith(name[1:]) if name.startswith("*.") else host == name
        if matches and (not wanted or str(port) == wanted):
            return True
    return False
