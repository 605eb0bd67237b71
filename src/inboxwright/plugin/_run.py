"""The run: what the controller starts once, and what its workers get to know of it."""

import importlib
import os
import sys
from collections.abc import Collection
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from inboxwright.address import named_run, new_id
from inboxwright.browser import find_browser
from inboxwright.config import InboxSettings, Override, Project, load, tests_of
from inboxwright.errors import ConfigError, ProviderError, ProviderUnavailable, QuotaExceeded
from inboxwright.inbox import Provider
from inboxwright.plugin._activation import config_file
from inboxwright.plugin._command_line import GIVEN, fill_in_options, place_of
from inboxwright.plugin._masked import mask_logs
from inboxwright.plugin._output import take
from inboxwright.plugin._secrets import Secrets, of_project
from inboxwright.retrying import retry
from inboxwright.running import connect_to, start

_PROJECT = pytest.StashKey[Project]()
_WHY_IDLE = pytest.StashKey[str]()
"""What is wrong with the configuration, in a run that does without."""
_WORKER_KEY = "inboxwright"
_HICCUP = 6.0
"""Seconds: one refusal while a worker starts must not fail all of its tests."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """What every process of the run has in common; handed to xdist workers as plain values."""

    run: str
    """The id that all addresses of the run carry."""
    seed: str
    """Decides the made-up identities."""
    base_url: str | None = None
    inbox_options: dict[str, Any] = field(default_factory=dict)
    """How to reach the server that the controller started."""
    callbacks: dict[str, str] | None = None
    """How to reach the controller's receiver of callbacks; None where each process has one of its own."""


class Run:
    """One pytest process's share of the run. Only the controller starts and stops anything."""

    def __init__(self, config: pytest.Config, project: Project, shared: Shared) -> None:
        self.accounts: tuple[InboxSettings, ...] = project.inbox.each_account()
        """Of which each worker uses one; the project's `inbox` is that of this process."""
        self.shared = shared
        self._config = config
        self._services = ExitStack()
        worker = getattr(config, "workerinput", {})
        own = place_of(worker.get("workerid"), worker.get("workercount", 1), config.option.shard)
        self.project = replace(project, inbox=self.accounts[own % len(self.accounts)])

    @classmethod
    def of(cls, config: pytest.Config) -> "Run":
        """Read the configuration. Raises pytest.UsageError with its one line."""
        worker: dict[str, Any] | None = getattr(config, "workerinput", {}).get(_WORKER_KEY)
        project = read_project(config)
        shared = Shared(**worker) if worker else _fresh(config)
        run = cls(config, _settled(project, shared), shared)
        fill_in_options(config, run.project)
        return run

    @retry(on=(ProviderUnavailable, QuotaExceeded), timeout=_HICCUP, attempts=6, wait_initial=0.3, wait_max=2.0)
    def connect(self) -> Provider:
        """A connection of this process to where the run receives mail; outlives a hiccup. Raises a ProviderError."""
        return connect_to(self.project, run=self.shared.run, options=self.shared.inbox_options)

    def secrets(self) -> Secrets:
        """The project's credentials, those of what the run started among them."""
        return Secrets(of_project(self.project, self.shared.inbox_options))

    def connect_to_account(self, number: int) -> Provider:
        """A connection to the account of this number, from 0. Raises a ProviderError."""
        project = replace(self.project, inbox=self.accounts[number])
        return connect_to(project, run=self.shared.run, options=self.shared.inbox_options)

    def accounts_of(self, workers: int) -> list[int]:
        """Which accounts so many workers use."""
        places = (place_of(f"gw{number}", workers, self._config.option.shard) for number in range(workers))
        return sorted({place % len(self.accounts) for place in places})

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionstart(self) -> None:
        """Start what the run needs, before any worker and any browser."""
        if hasattr(self._config, "workerinput") or not wants(self._config, self.project):
            return
        self._config.add_cleanup(self._services.close)
        try:
            self._start()
        except (ConfigError, ProviderError) as error:
            self._services.close()
            raise pytest.UsageError(str(error)) from None

    def _start(self) -> None:
        self._require_browsers()
        output = Path(self._config.option.output).absolute()
        take(output, self._services, kept=(self._config.rootpath, self.project.root, self.project.test_dir))
        if not self._config.option.keep_secrets:  # when all of them are stopped
            self._services.callback(lambda: mask_logs(output, self.secrets(), self._learned()))
        running = start(self.project, self._services, output=output)
        self.project = running.project
        base_url = running.project.use.base_url
        self.shared = replace(self.shared, base_url=base_url, inbox_options=dict(running.inbox_options))
        self.shared = replace(self.shared, callbacks=dict(running.callbacks) if running.callbacks else None)
        self._config.option.base_url = base_url

    def stop(self) -> None:
        """End what was started, and mask what it wrote; the end of the session does it otherwise."""
        self._services.close()

    def _learned(self) -> Collection[str]:
        """What the run's tests have known, as far as that was kept."""
        gate = self._config.stash.get(importlib.import_module("inboxwright.plugin._gate").GATE, None)
        return gate.values if gate is not None else ()

    def _require_browsers(self) -> None:
        """Say now what every worker would say later. Raises ConfigError."""
        use, option = self.project.use, self._config.option
        if use.connect_options is None and use.launch_options.executable_path is None:
            for name in getattr(option, "browser", None) or ():
                find_browser(name, channel=option.browser_channel, headless=not option.headed)

    @pytest.hookimpl(optionalhook=True)
    def pytest_configure_node(self, node: Any) -> None:
        """Tell an xdist worker, one that replaces a crashed one included."""
        node.workerinput[_WORKER_KEY] = asdict(self.shared)

    def pytest_report_header(self) -> str | None:
        """What the run is about to do, and what reproduces its identities."""
        if (why := self._config.stash.get(_WHY_IDLE, None)) is not None:
            return f"inboxwright: nothing is started, and this is to be put right before it can be: {why}"
        if self.project.file is None:
            return None
        if not wants(self._config, self.project):
            return f"inboxwright: {nothing_started(self.project)}" if not self._config.option.collectonly else None
        inbox = self.project.inbox
        return self.secrets().mask(
            f"inboxwright: project {self.project.name}, {self.project.use.base_url or 'no base URL'}, "
            f"{', '.join(self._config.option.browser or [])}{_endpoints(self.project)}, "
            f"mail by {inbox.provider} at {self._domains()}, run {self.shared.run}, --seed {self.shared.seed}"
        )

    def _domains(self) -> str:
        domains = ", ".join(dict.fromkeys(account.domain for account in self.accounts))
        return domains if len(self.accounts) == 1 else f"{domains} in {len(self.accounts)} accounts"


@pytest.fixture(scope="session", autouse=True)
def delete_output_dir() -> None:
    """Nothing: the controller empties the folder at the start; a worker that replaces a crashed one must not.

    For runs with a configuration only, as this module is a plugin of pytest's there.
    """


def register_watchers(config: pytest.Config, run: Run) -> None:
    """Where a run starts anything, the controller keeps the book; whoever runs tests tells of long waits."""
    manager = config.pluginmanager
    if run.project.file is not None:
        manager.register(sys.modules[__name__], "inboxwright-folder")
    if not wants(config, run.project):
        return
    is_worker = hasattr(config, "workerinput")
    if not is_worker:
        results = importlib.import_module("inboxwright.plugin._results")
        config.stash[results.RESULTS_KEY] = results.Results(config, run)
        manager.register(config.stash[results.RESULTS_KEY], "inboxwright-results")
        manager.register(importlib.import_module("inboxwright.plugin._quota").Quota(config, run), "inboxwright-quota")
        manager.register(importlib.import_module("inboxwright.plugin._checks").Table(config), "inboxwright-checks")
    if not (config.option.keep_secrets or config.option.no_leak_check):
        gate = importlib.import_module("inboxwright.plugin._gate")
        config.stash[gate.GATE] = gate.Gate(config, run)
        manager.register(config.stash[gate.GATE], "inboxwright-gate")
    if is_worker or not getattr(config.option, "numprocesses", None):
        manager.register(importlib.import_module("inboxwright.plugin._progress").Progress(), "inboxwright-progress")


def read_project(config: pytest.Config) -> Project:
    """The project that this pytest process is to run; none where its file is wrong and none of its tests may run.

    Read once a process. Raises pytest.UsageError with its one line.
    """
    if _PROJECT not in config.stash:
        config.stash[_PROJECT] = _read(config)
    return config.stash[_PROJECT]


def _read(config: pytest.Config) -> Project:
    path = config_file(config)
    try:
        return _load(config, path)
    except ConfigError as error:
        option = config.option
        idle = option.collectonly or option.showfixtures or option.show_fixtures_per_test or option.markers
        if path is None or not (idle or not _among(config, tests_of(path))):
            raise pytest.UsageError(str(error)) from None
        config.stash[_WHY_IDLE] = str(error)
        return load(None, environ={})


def wants(config: pytest.Config, project: Project) -> bool:
    """Whether tests of the project's `testDir` may run; a run of other tests starts nothing."""
    return project.file is not None and not config.option.collectonly and _among(config, project.test_dir)


def _among(config: pytest.Config, tests: Path) -> bool:
    """Whether tests of this folder were asked for."""
    chosen = [Path(config.invocation_params.dir, arg.partition("::")[0]) for arg in config.args]
    return any(path.is_relative_to(tests) or tests.is_relative_to(path) for path in map(Path.resolve, chosen))


def nothing_started(project: Project) -> str:
    """Why a run has neither the application nor a base URL with a settled port."""
    folder = os.path.relpath(project.test_dir, project.root)
    return f'nothing is started, as no test that was asked for is below testDir "{folder}" of {project.file}'


def _endpoints(project: Project) -> str:
    remote = project.use.connect_options
    return f" at {', '.join(remote.ws_endpoint)}" if remote is not None else ""


def _load(config: pytest.Config, path: Path | None) -> Project:
    overrides: dict[str, Override] = {}
    if "base_url" in config.stash.get(GIVEN, frozenset()):
        overrides["use.baseURL"] = Override(option="--base-url", value=config.option.base_url)
    return load(path, project=config.getoption("project"), overrides=overrides)


def _fresh(config: pytest.Config) -> Shared:
    environ = os.environ
    return Shared(
        run=named_run(environ, shared=bool(config.option.shard)) or new_id(),
        seed=config.getoption("seed") or environ.get("INBOXWRIGHT_SEED") or new_id(),
    )


def _settled(project: Project, shared: Shared) -> Project:
    """The project with the base URL that the controller settled on."""
    if shared.base_url is None:
        return project
    return replace(project, use=replace(project.use, base_url=shared.base_url))
