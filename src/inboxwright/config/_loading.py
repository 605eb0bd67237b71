"""Find, read and settle playwright.config.json."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from inboxwright.config import _checks
from inboxwright.config._building import Builder
from inboxwright.config._environment import from_environment, provider_in
from inboxwright.config._file import ConfigFile
from inboxwright.config._flatten import Flattener, Leaves
from inboxwright.config._layers import lay, without_options
from inboxwright.config._origin import Layer, Origin
from inboxwright.config._places import places
from inboxwright.config._project import Project
from inboxwright.config._reading import read
from inboxwright.config._values import FrozenMap
from inboxwright.config._variables import has_variable
from inboxwright.errors import ConfigError

FILE_NAME: Final = "playwright.config.json"


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
    file = ConfigFile() if path is None else ConfigFile.read(path)
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
    values = builder.values(Project, ())
    for attribute, otherwise in (("test_dir", "."), ("output_dir", "test-results")):
        values[attribute] = root / values.get(attribute, otherwise)
    servers = values.get("web_server", ())
    if values["use"].base_url is None and servers and servers[0].port is not None:
        # As Playwright Test does: `webServer.port` says where the application is.
        values["use"] = replace(values["use"], base_url=f"http://localhost:{servers[0].port}")
    return Project(name=name, root=root, file=file, origins=FrozenMap(builder.origins), **values)


def _from_command_line(overrides: Mapping[str, Override], provider: str) -> Leaves:
    leaves: Leaves = {}
    for dotted, override in overrides.items():
        path = tuple(dotted.split("."))
        key = places()[path]
        raw = str(override.value) if isinstance(override.value, Path) else override.value
        origin = Origin(layer=Layer.COMMAND_LINE, name=override.option, path=dotted)
        if path[0] == "webServer" and len(path) > 1:
            path = ("webServer", "0", *path[1:])
        leaves |= Flattener(at=lambda _, origin=origin: origin, provider=provider).key(raw, key, path=path, spot=())  # type: ignore[misc]  # a default argument binds the loop's value
    return leaves
