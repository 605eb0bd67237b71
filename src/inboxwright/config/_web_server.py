"""`webServer`: the application under test, started by the run."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from inboxwright.config._keys import key
from inboxwright.config._kinds import Flag, Integer, Milliseconds, Text, Url
from inboxwright.config._kinds_special import FilePath, StringMap
from inboxwright.config._values import FrozenMap

RUN_VARIABLES = ("SMTP_HOST", "SMTP_PORT", "PORT", "BASE_URL")
"""What the run itself gives to the application's environment, once it has it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WebServer:
    """A command and how to know that it is ready: `url` answers 2xx, or `port` accepts connections."""

    command: str = key(Text("a shell command"), "Starts the application.", deferred=True)
    url: str | None = key(Url(), "Ready when this answers 2xx. Port 0: a free one.", default=None)
    port: int | None = key(
        Integer("a port", least=0, most=65535), "Ready when this port accepts connections. 0: a free one.", default=None
    )  # fmt: skip
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
    name: str | None = key(Text(), "For messages.", default=None)
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
