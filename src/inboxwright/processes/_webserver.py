"""The application under test, started by the run: Playwright Test's `webServer`."""

import contextlib
import os
import signal
import sysconfig
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import urljoin, urlsplit

import httpx

from inboxwright.errors import ConfigError
from inboxwright.processes._managed import ManagedProcess
from inboxwright.processes._ports import is_listening

_FIRST_PAUSE, _LONGEST_PAUSE = 20, 250  # milliseconds between two looks
_ONE_LOOK = 5.0  # seconds that one answer may take
_REDIRECTS = 5


class WebServer:
    """Start `command`, wait until it is ready, stop it and all it started at the end.

    Ready means that `url` answers 2xx (an application that is still starting may answer 503 or anything else
    before), or that `port` accepts connections. `timeout` is in milliseconds. With `reuse_existing_server` a
    server that listens already is used and left running. Every failure is a ConfigError that shows the last
    lines of the command's output.
    """

    def __init__(
        self,
        command: str,
        *,
        url: str | None = None,
        port: int | None = None,
        env: Mapping[str, str] | None = None,
        cwd: Path | str | None = None,
        timeout: float = 60_000,
        reuse_existing_server: bool = False,
        ignore_https_errors: bool = False,
        output: Path | None = None,
    ) -> None:
        if (url is None) == (port is None):
            raise ConfigError("webServer: say how to know that it is ready: by 'url' or by 'port', not both")
        self._target = url if url is not None else f"port {port}"
        self._url = url
        self._host, self._port = ("localhost", port) if port is not None else _address(url or "")
        self._timeout = timeout
        self._reuse = reuse_existing_server
        self._verify = not ignore_https_errors
        self._process = ManagedProcess(command, env=_environment(env or {}), cwd=cwd, output=output)
        self._started = False
        self._last_answer = "nothing listens there yet"

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.stop()

    def start(self) -> Self:
        """Start the command and wait until it is ready; whatever goes wrong, nothing is left running."""
        if is_listening(self._host, self._port):
            if not self._reuse:
                raise ConfigError(
                    f"webServer: port {self._port} is taken: something listens on {self._host}:{self._port}"
                    " already. Stop it, choose another port (0 finds a free one), or set"
                    ' "reuseExistingServer": true to test what listens there'
                )
        else:
            self._process.start()
            self._started = True
        try:
            self._wait_until_ready()
        except BaseException:
            self.stop()
            raise
        return self

    def stop(self) -> None:
        """Stop what `start` started; a server that was reused is left alone."""
        self._process.stop()

    def poll(self) -> int | None:
        """The command's exit code, or None while it runs (or was not started by us)."""
        return self._process.poll()

    def output_tail(self, lines: int = 20) -> str:
        """The last lines of the command's output."""
        return self._process.output_tail(lines)

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + self._timeout / 1000
        pause: float = _FIRST_PAUSE
        with httpx.Client(verify=self._verify, trust_env=False) as client:
            while not self._is_ready(client, deadline):
                if self._started and (code := self._process.wait(pause)) is not None:
                    raise self._failure(f"exited with {_code_in_words(code)} before {self._target} was ready")
                if not self._started:
                    self._process.wait(pause)
                if time.monotonic() >= deadline:
                    raise self._timed_out()
                pause = min(pause * 1.3, _LONGEST_PAUSE)
        if self._started and (code := self._process.poll()) is not None:
            raise self._failure(f"exited with {_code_in_words(code)}, yet {self._target} is answered by something else")

    def _is_ready(self, client: httpx.Client, deadline: float) -> bool:
        if self._url is None:
            return is_listening(self._host, self._port)
        limit = min(_ONE_LOOK, max(deadline - time.monotonic(), 0.05))
        url = self._url
        for _ in range(_REDIRECTS):
            try:
                with client.stream("GET", url, timeout=limit) as answer:  # the body is not waited for
                    status, location = answer.status_code, answer.headers.get("location", "")
            except httpx.TimeoutException:
                self._last_answer = f"{url} accepted a connection but did not answer within {limit:.1f} s"
                return False
            except (httpx.HTTPError, httpx.InvalidURL) as error:
                self._last_answer = str(error) or type(error).__name__
                return False
            self._last_answer = f"{url} answered {status}" + (f" to {location}" if location else "")
            if not (300 <= status < 400 and (target := _target(url, location, self._host))):
                return 200 <= status < 300
            url = target
        return False

    def _timed_out(self) -> ConfigError:
        return self._failure(
            f"was not ready within {self._timeout:g} ms: {self._last_answer}, and ready means that"
            + (" it answers 2xx" if self._url else " the port accepts connections")
            + '. Look at its output, or raise webServer "timeout"'
        )

    def _tail_without_our_own_looks(self) -> str:
        """Two hundred lines "GET /healthz 500" would push out what the application had to say."""
        path = urlsplit(self._url or "").path or "/"
        lines = self._process.output_tail(1000).splitlines()
        return "\n".join([line for line in lines if f"GET {path} " not in line][-20:])

    def _failure(self, what: str) -> ConfigError:
        if not self._started:
            return ConfigError(f"webServer: what listens on {self._host}:{self._port} already {what}")
        self._process.stop()
        tail = self._tail_without_our_own_looks()
        hint = ""
        if "address already in use" in tail.lower() or "EADDRINUSE" in tail:
            hint = f" Port {self._port}, or another it wants, is taken: stop what uses it, or choose another."
        shown = f"Its last output:\n{tail}" if tail else "It printed nothing."
        return ConfigError(f"webServer: {self._process.command!r} {what}.{hint} {shown}")


def _address(url: str) -> tuple[str, int]:
    parts = urlsplit(url)
    try:
        port = parts.port
    except ValueError:
        port = -1
    if parts.scheme not in {"http", "https"} or not parts.hostname or port in {-1, 0}:
        raise ConfigError(f"webServer: 'url' is {url!r}; it must be like http://127.0.0.1:8000/healthz")
    return parts.hostname, port or {"http": 80, "https": 443}[parts.scheme]


def _target(url: str, location: str, host: str) -> str | None:
    """Where a redirect leads, if that is on this host."""
    try:
        target = urljoin(url, location)
        return target if urlsplit(target).hostname == host else None
    except ValueError:
        return None


def _environment(env: Mapping[str, str]) -> dict[str, str]:
    """`python` in a command is the one that runs the tests, and what it prints before it dies is not lost."""
    path = env.get("PATH", os.environ.get("PATH", os.defpath))
    ours = {"PATH": os.pathsep.join([sysconfig.get_path("scripts"), path])}
    if "PYTHONUNBUFFERED" not in os.environ:
        ours["PYTHONUNBUFFERED"] = "1"
    return ours | {name: value for name, value in env.items() if name != "PATH"}


def _code_in_words(code: int) -> str:
    with contextlib.suppress(ValueError):
        return f"code {code} ({signal.Signals(code - 128).name})"
    return f"code {code}"
