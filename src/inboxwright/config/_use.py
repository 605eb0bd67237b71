"""`use` and `webServer`: the browser, its contexts, what is kept of a test, and the application."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import urlsplit

from inboxwright.config._keys import Record, key
from inboxwright.config._kinds import (
    Choice,
    Flag,
    FrozenMap,
    Integer,
    ListOf,
    Milliseconds,
    Number,
    SecretText,
    Text,
    Url,
)
from inboxwright.config._kinds_special import AnyMap, FilePath, Headers, IgnoredArguments, StringMap

TraceMode = Literal["off", "on", "retain-on-failure", "on-first-retry"]
ScreenshotMode = Literal["off", "on", "only-on-failure"]
VideoMode = Literal["off", "on", "retain-on-failure", "on-first-retry"]

_LATER_RETRIES = 'retries are 0 here by default; "on-first-retry" or "retain-on-failure" keep what is needed'
_RETRIES = {"on-all-retries": _LATER_RETRIES, "retain-on-first-failure": _LATER_RETRIES}


_SNAPSHOTS = {"mode": "retain-on-failure", "screenshots": False}


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """Width and height in CSS pixels."""

    width: int = key(Integer("a whole number of CSS pixels", least=1), "Width in CSS pixels.")
    height: int = key(Integer("a whole number of CSS pixels", least=1), "Height in CSS pixels.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """Whether a trace is recorded, and what is in it."""

    mode: TraceMode = key(
        Choice("off", "on", "retain-on-failure", "on-first-retry", instead=_RETRIES),
        "When a trace is kept.",
        default="retain-on-failure",
    )
    screenshots: bool = key(Flag(), "The film strip; it costs about a quarter more CPU.", default=True)
    snapshots: bool = key(Flag(), "DOM snapshots.", default=True)
    sources: bool = key(Flag(), "The test's source lines.", default=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Screenshot:
    """Whether a picture is taken when a test ends."""

    mode: ScreenshotMode = key(
        Choice("off", "on", "only-on-failure"), "When a picture is kept.", default="only-on-failure"
    )
    full_page: bool = key(Flag(), "The whole page rather than the part in view.", default=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Video:
    """Whether a video is recorded."""

    mode: VideoMode = key(
        Choice("off", "on", "retain-on-failure", "on-first-retry", instead=_RETRIES),
        "When a video is kept.",
        default="off",
    )
    size: Size | None = key(Record(of=Size), "Size of the video; the viewport's if left out.", default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proxy:
    """A proxy that the browser goes through."""

    server: str = key(Text("a proxy address like http://proxy:3128"), "The proxy's address.")
    bypass: str | None = key(Text(public=True), "Hosts that are reached without it, separated by commas.", default=None)
    username: str | None = key(Text(public=True), "User name for the proxy.", default=None)
    password: str | None = key(SecretText(), "Password for the proxy.", default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpCredentials:
    """HTTP authentication (RFC 7617)."""

    username: str = key(Text(), "User name.")
    password: str = key(SecretText(), "Password.")
    origin: str | None = key(Url(), "Only sent to this origin.", default=None)
    send: Literal["always", "unauthorized"] | None = key(
        Choice("always", "unauthorized"), "Whether to send them before being asked.", default=None
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Geolocation:
    """Where the browser says that it is."""

    latitude: float = key(Number("a number of degrees, -90 to 90", least=-90, most=90), "In degrees.")
    longitude: float = key(Number("a number of degrees, -180 to 180", least=-180, most=180), "In degrees.")
    accuracy: float = key(Number("a number of metres, 0 or more", least=0, most=1e9), "In metres.", default=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class LaunchOptions:
    """How the browser is started; the names are Playwright's."""

    args: tuple[str, ...] = key(ListOf(Text(), "a list of arguments"), "Extra arguments.", default=())
    executable_path: str | None = key(FilePath(), "The browser's executable.", default=None)
    slow_mo: float | None = key(
        Number("a number of milliseconds", least=0, most=60_000), "Slows each step, in ms.", default=None
    )
    timeout: int | None = key(Milliseconds(), "How long the start may take, in ms.", default=None)
    chromium_sandbox: bool | None = key(Flag(), "Chromium's sandbox.", default=None)
    downloads_path: str | None = key(FilePath(), "Where downloads are put.", default=None)
    env: Mapping[str, Any] = key(AnyMap(), "The browser's environment.", factory=FrozenMap)
    firefox_user_prefs: Mapping[str, Any] = key(AnyMap(), "Firefox preferences.", factory=FrozenMap)
    ignore_default_args: bool | tuple[str, ...] | None = key(
        IgnoredArguments(), "Playwright's own arguments that are left out.", default=None
    )
    proxy: Proxy | None = key(Record(of=Proxy), "A proxy for the whole browser.", default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectOptions:
    """A browser that runs elsewhere: `playwright run-server`, or a grid that speaks its protocol."""

    ws_endpoint: tuple[str, ...] = key(
        ListOf(Url("ws", "wss"), "a ws:// URL or a list of them", alone=True),
        "Where the browsers are: one endpoint, or several that the workers share out.",
    )
    headers: Mapping[str, str] = key(Headers(), "Sent when connecting.", factory=FrozenMap)
    expose_network: str | None = key(
        Text(public=True), 'What of this machine the browser may reach, such as "<loopback>".', default=None
    )
    slow_mo: float | None = key(
        Number("a number of milliseconds", least=0, most=60_000), "Slows each step, in ms.", default=None
    )
    timeout: int | None = key(Milliseconds(), "How long connecting may take, in ms.", default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """What tests run in. `None` leaves Playwright's own default; durations are milliseconds, 0 for no limit."""

    base_url: str | None = key(
        Url(), "What a path in `page.goto` is relative to. Port 0: a free one.", name="baseURL", default=None
    )
    browser_name: Literal["chromium", "firefox", "webkit"] = key(
        Choice("chromium", "firefox", "webkit"), "The engine.", default="chromium"
    )
    channel: str | None = key(Text(public=True), 'A branded browser, such as "chrome" or "msedge".', default=None)
    headless: bool = key(Flag(), "Without a window.", default=True)
    viewport: Size | None = key(
        Record(of=Size), "Size of the page; null for that of the window.", default=Size(width=1280, height=720),
        nullable=True,
    )  # fmt: skip
    locale: str | None = key(Text('a locale like "en-GB"', public=True), "Language and formats.", default=None)
    timezone_id: str | None = key(Text('a time zone like "Europe/Berlin"', public=True), "Time zone.", default=None)
    trace: Trace = key(
        Record(of=Trace, shorthand="mode", words={"snapshots": _SNAPSHOTS}),
        'When a trace is kept; "snapshots" is retain-on-failure without the film strip.',
        default=Trace(screenshots=False),
    )
    screenshot: Screenshot = key(
        Record(of=Screenshot, shorthand="mode"), "When a picture is kept.", default=Screenshot()
    )
    video: Video = key(Record(of=Video, shorthand="mode"), "When a video is kept.", default=Video())
    test_id_attribute: str = key(Text(public=True), "What `get_by_test_id` reads.", default="data-testid")
    action_timeout: int = key(Milliseconds(), "For each click, fill, … 0: no limit.", default=0)
    navigation_timeout: int = key(Milliseconds(), "For each navigation. 0: no limit.", default=0)
    launch_options: LaunchOptions = key(
        Record(of=LaunchOptions), "How the browser is started.", default=LaunchOptions()
    )
    connect_options: ConnectOptions | None = key(
        Record(of=ConnectOptions), "A browser that runs elsewhere.", default=None
    )
    storage_state: str | None = key(FilePath(), "A file with cookies and storage to start from.", default=None)
    extra_http_headers: Mapping[str, str] = key(
        Headers(), "Sent with every request.", name="extraHTTPHeaders", factory=FrozenMap
    )
    http_credentials: HttpCredentials | None = key(Record(of=HttpCredentials), "HTTP authentication.", default=None)
    ignore_https_errors: bool = key(Flag(), "Accept any certificate.", name="ignoreHTTPSErrors", default=False)
    color_scheme: Literal["light", "dark", "no-preference"] | None = key(
        Choice("light", "dark", "no-preference"), "What the page is told to prefer.", default=None
    )
    accept_downloads: bool | None = key(Flag(), "Whether downloads are taken.", default=None)
    bypass_csp: bool | None = key(Flag(), "Ignore the page's content policy.", name="bypassCSP", default=None)
    device_scale_factor: float | None = key(
        Number("a number from 0.1 to 10", least=0.1, most=10), "Device pixels a CSS pixel.", default=None
    )
    geolocation: Geolocation | None = key(Record(of=Geolocation), "Where the browser says it is.", default=None)
    has_touch: bool | None = key(Flag(), "Touch events.", default=None)
    is_mobile: bool | None = key(Flag(), "As a mobile device.", default=None)
    java_script_enabled: bool | None = key(Flag(), "JavaScript.", default=None)
    offline: bool | None = key(Flag(), "Without network.", default=None)
    permissions: tuple[str, ...] = key(
        ListOf(Text(public=True), "a list of permissions"), 'Granted, such as "geolocation".', default=()
    )
    proxy: Proxy | None = key(Record(of=Proxy), "A proxy.", default=None)
    service_workers: Literal["allow", "block"] | None = key(
        Choice("allow", "block"), "Whether pages may register service workers.", default=None
    )
    user_agent: str | None = key(Text(), "The User-Agent header.", default=None)


RUN_VARIABLES = ("SMTP_HOST", "SMTP_PORT", "PORT", "BASE_URL", "CALLBACK_URL")
"""What the run itself gives to the application's environment, once it has it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WebServer:
    """A command and how to know that it is ready: `url` answers 2xx, or `port` accepts connections."""

    command: str = key(Text("a shell command"), "Starts the application.", deferred=True)
    url: str | None = key(
        Url(), "Ready when this answers 2xx. Port 0: a free one.", default=None, instead_of="port"
    )  # fmt: skip
    port: int | None = key(
        Integer("a port", most=65535),
        "Ready when this port accepts connections. 0: a free one.",
        default=None,
        instead_of="url",
    )
    env: Mapping[str, str] = key(
        StringMap("an object of environment variables"),
        "Laid over the environment of the run. ${SMTP_HOST}, ${SMTP_PORT}, ${PORT} and ${BASE_URL} are the run's own.",
        factory=FrozenMap,
        merge=True,
        deferred=True,
    )
    cwd: str | None = key(FilePath(), "Where the command runs; the configuration file's folder.", default=None)
    timeout: int = key(Milliseconds(least=1), "How long it may take to be ready.", default=60_000)
    reuse_existing_server: bool = key(Flag(), "Use what listens there already rather than refuse it.", default=False)
    name: str | None = key(Text(public=True), "For messages.", default=None)
    ignore_https_errors: bool = key(Flag(), "Accept any certificate at `url`.", name="ignoreHTTPSErrors", default=False)

    @property
    def address_port(self) -> int:
        """The port it answers on; 0 while the run has not found one yet."""
        if self.url is None:
            return self.port or 0
        parts = urlsplit(self.url)
        return parts.port if parts.port is not None else {"http": 80, "https": 443}[parts.scheme]

    @property
    def is_port_free(self) -> bool:
        """Whether the run has to find its port."""
        return self.address_port == 0
