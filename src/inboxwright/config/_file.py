"""playwright.config.json as projects: each one's keys over those at the top."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from inboxwright.config._flatten import Flattener, Leaves
from inboxwright.config._keys import Key, keys_of
from inboxwright.config._kinds import shown
from inboxwright.config._layers import lay, without_options
from inboxwright.config._origin import Layer, Origin, did_you_mean
from inboxwright.config._project import Project
from inboxwright.config._reading import Spot, read, spelt
from inboxwright.errors import ConfigError

TOP_ONLY = ("reporter", "forbidOnly")
"""Keys that hold for the whole run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfigFile:
    """The file's content, or an empty one where there is no file."""

    name: str = ""
    top: Mapping[str, Any] = field(default_factory=dict)
    projects: tuple[Mapping[str, Any], ...] = ()
    lines: Mapping[Spot, int] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read the file and check the frame of its projects."""
        value, lines = read(path)
        value.pop("$schema", None)
        projects = value.pop("projects", None)
        file = cls(name=path.name, top=value, lines=lines)
        listed = [] if projects is None else projects
        if not isinstance(listed, list):
            raise file.at(("projects",)).error(f"must be a list of projects, not {shown(listed)}")
        names: list[str] = []
        for index, entry in enumerate(listed):
            spot: Spot = ("projects", index)
            if not isinstance(entry, dict):
                raise file.at(spot).error(f"must be an object, not {shown(entry)}")
            name = entry.get("name")
            if not isinstance(name, str) or not name.strip():
                raise file.at(spot).error('must have a "name", a text, by which --project chooses it')
            if name in names:
                raise file.at((*spot, "name")).error(f"{shown(name)} is the name of another project too; rename one")
            names.append(name)
        return cls(name=path.name, top=value, projects=tuple(listed), lines=lines)

    @property
    def names(self) -> list[str]:
        """The projects' names in their order."""
        return [project["name"] for project in self.projects]

    def at(self, spot: Spot) -> Origin:
        """Where a spot is."""
        line = next((self.lines[spot[:end]] for end in range(len(spot), 0, -1) if spot[:end] in self.lines), 1)
        return Origin(layer=Layer.FILE, name=f"{self.name}:{line}", path=spelt(spot))

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
        spot: Spot = ("projects", index)
        for name in TOP_ONLY:
            if name in own:
                raise self.at((*spot, name)).error("holds for the whole run; its place is the top of the file")
        chosen = _provider(own, provider)
        if chosen != provider:
            leaves = without_options(leaves)
        project_keys: dict[str, Key] = {name: key for name, key in keys.items() if name not in TOP_ONLY}
        above = Flattener(at=self.at, provider=chosen).table(own, project_keys, spot=spot)
        return lay(leaves, above, whole=True), chosen


def _provider(raw: Mapping[str, Any], otherwise: str) -> str:
    inbox = raw.get("inbox")
    named = inbox.get("provider") if isinstance(inbox, dict) else None
    return named if isinstance(named, str) else otherwise
