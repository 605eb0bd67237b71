"""Find, read and settle playwright.config.json: each project's keys over those at the top."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final, Self

from inboxwright.config import _checks
from inboxwright.config._building import Builder
from inboxwright.config._flatten import Flattener, Leaves, places
from inboxwright.config._keys import keys_of
from inboxwright.config._kinds import FrozenMap, has_variable, shown
from inboxwright.config._layers import from_environment, lay, path_to, provider_in, without_options
from inboxwright.config._project import Project
from inboxwright.config._reading import TOP, KeyPath, Layer, Origin, did_you_mean, read
from inboxwright.errors import ConfigError

FILE_NAME: Final = "playwright.config.json"
TOP_ONLY = ("reporter", "forbidOnly")
"""Keys that hold for the whole run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """A value from the command line, and the option that gave it."""

    option: str
    value: object


def find(start: Path) -> Path | None:
    """The nearest playwright.config.json in the folder or above it, or None."""
    folder = start.resolve()
    for place in (folder, *folder.parents):
        if (place / FILE_NAME).is_file():
            return place / FILE_NAME
    return None


def tests_of(path: Path) -> Path:
    """Where the file says that its tests are, right or wrong in all else: `testDir` at its top, or its folder."""
    root = path.resolve().parent
    try:
        named = read(path)[0].get("testDir")
    except ConfigError:
        return root
    return (root / named).resolve() if isinstance(named, str) and not has_variable(named) else root


@dataclass(frozen=True, slots=True, kw_only=True)
class _File:
    """The file's content, or an empty one where there is no file."""

    name: str = ""
    top: Mapping[str, Any] = field(default_factory=dict)
    projects: tuple[Mapping[str, Any], ...] = ()
    lines: Mapping[KeyPath, int] = field(default_factory=dict)

    @classmethod
    def read(cls, file: Path) -> Self:
        """Read the file and check the frame of its projects."""
        value, lines = read(file)
        value.pop("$schema", None)
        projects = value.pop("projects", None)
        frame = cls(name=file.name, top=value, lines=lines)
        listed = [] if projects is None else projects
        if not isinstance(listed, list):
            raise frame.at(KeyPath.of("projects")).error(f"must be a list of projects, not {shown(listed)}")
        names: list[str] = []
        for index, entry in enumerate(listed):
            path = KeyPath.of("projects", index)
            if not isinstance(entry, dict):
                raise frame.at(path).error(f"must be an object, not {shown(entry)}")
            name = entry.get("name")
            if not isinstance(name, str) or not name.strip():
                raise frame.at(path).error('must have a "name", a text, by which --project chooses it')
            if name in names:
                raise frame.at(path / "name").error(f"{shown(name)} is the name of another project too; rename one")
            names.append(name)
        return cls(name=file.name, top=value, projects=tuple(listed), lines=lines)

    @property
    def names(self) -> list[str]:
        """The projects' names in their order."""
        return [project["name"] for project in self.projects]

    def at(self, path: KeyPath) -> Origin:
        """Where a path of the file is."""
        line = next((self.lines[head] for head in reversed(path.heads) if head in self.lines), 1)
        return Origin(layer=Layer.FILE, name=f"{self.name}:{line}", path=path)

    def index_of(self, wanted: str | None, *, said_by: str) -> int | None:
        """Which project is chosen: the first one if none is named, None where the file has none."""
        if wanted is None:
            return 0 if self.projects else None
        if wanted in self.names:
            return self.names.index(wanted)
        unknown = f'there is no project "{wanted}"'
        if not self.name:
            raise ConfigError(f"{said_by}: {unknown}: there is no configuration file; leave the name out")
        if not self.projects:
            raise ConfigError(f'{said_by}: {self.name}: {unknown}: it has no "projects"; leave the name out')
        raise ConfigError(f"{said_by}: {self.name}: {unknown}{did_you_mean(wanted, self.names)}")

    def leaves_of(self, index: int | None) -> tuple[Leaves, str]:
        """What the file says for a project, and the provider that this makes it use."""
        keys = keys_of(Project)
        provider = _provider(self.top, "embedded")
        leaves = Flattener(at=self.at, provider=provider).table(self.top, keys)
        if index is None:
            return leaves, provider
        own: dict[str, Any] = {name: value for name, value in self.projects[index].items() if name != "name"}
        written = KeyPath.of("projects", index)
        for name in TOP_ONLY:
            if name in own:
                raise self.at(written / name).error("holds for the whole run; its place is the top of the file")
        chosen = _provider(own, provider)
        if chosen != provider:
            leaves = without_options(leaves)
        own_keys = {name: key for name, key in keys.items() if name not in TOP_ONLY}
        above = Flattener(at=self.at, provider=chosen).table(own, own_keys, written=written)
        return lay(leaves, above, whole=True), chosen


def _provider(raw: Mapping[str, Any], otherwise: str) -> str:
    inbox = raw.get("inbox")
    named = inbox.get("provider") if isinstance(inbox, dict) else None
    return named if isinstance(named, str) else otherwise


def load(
    path: Path | None = None,
    *,
    project: str | None = None,
    environ: Mapping[str, str] | None = None,
    overrides: Mapping[str, Override] | None = None,
) -> Project:
    """The project with every value settled: command line over environment over file over default.

    `path` None stands for no file; `project` None for INBOXWRIGHT_PROJECT, then the first one. `overrides` are keyed
    by path ("use.baseURL"). Raises ConfigError: one line that names the file, the key, the problem and the remedy.
    """
    environ = os.environ if environ is None else environ
    file = _File() if path is None else _File.read(path)
    for position in range(len(file.projects)):
        file.leaves_of(position)  # a mistake in another project is found today, not at night
    wanted = project or environ.get("INBOXWRIGHT_PROJECT") or None
    index = file.index_of(wanted, said_by="--project" if project else "INBOXWRIGHT_PROJECT")
    leaves, provider = file.leaves_of(index)

    flags = overrides or {}
    chosen = flags["inbox.provider"].value if "inbox.provider" in flags else provider_in(environ)
    if chosen is not None and chosen != provider:
        leaves, provider = without_options(leaves), str(chosen)
    leaves = lay(leaves, from_environment(environ, provider=provider), whole=False)
    leaves = lay(leaves, _from_command_line(flags, provider), whole=False)

    name = "default" if index is None else file.names[index]
    settled = _settle(leaves, environ, name=name, file=None if path is None else path.resolve())
    _checks.check(settled)
    return settled


def _settle(leaves: Leaves, environ: Mapping[str, str], *, name: str, file: Path | None) -> Project:
    root = Path.cwd() if file is None else file.parent
    builder = Builder(leaves=leaves, environ=environ, root=root, whose=f'project "{name}"')
    values = builder.values(Project, TOP, builder.provider())
    for attribute, otherwise in (("test_dir", "."), ("output_dir", "test-results")):
        values[attribute] = root / values.get(attribute, otherwise)
    servers = values.get("web_server", ())
    if values["use"].base_url is None and servers and servers[0].port is not None:
        # As Playwright Test does: `webServer.port` says where the application is.
        values["use"] = replace(values["use"], base_url=f"http://localhost:{servers[0].port}")
    notes: dict[str, Any] = {"origins": FrozenMap(builder.origins), "secrets": tuple(builder.secrets)}
    return Project(name=name, root=root, file=file, **notes, **values)


def _from_command_line(overrides: Mapping[str, Override], provider: str) -> Leaves:
    leaves: Leaves = {}
    for dotted, override in overrides.items():
        names = tuple(dotted.split("."))
        raw = str(override.value) if isinstance(override.value, Path) else override.value
        origin = Origin(layer=Layer.COMMAND_LINE, name=override.option, path=KeyPath(names))
        flattener = Flattener(at=lambda _, origin=origin: origin, provider=provider)  # type: ignore[misc]  # a default argument binds the loop's value
        leaves |= flattener.key(raw, places(provider)[names], path=path_to(names) or KeyPath(names))
    return leaves
