"""The options by which a command finds its project: named as pytest's own."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import click

from inboxwright.config import FILE_NAME, Override, Project, find, load

_Command = TypeVar("_Command", bound=Callable[..., Any])

_NAME = click.option(
    "--project", "project_name", metavar="NAME", help=f"Project of {FILE_NAME}; its first one by default."
)
_FILE = click.option(
    "--playwright-config",
    "config_file",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help=f"Configuration file; by default the nearest {FILE_NAME}, from here upwards.",
)


def project_options(command: _Command) -> _Command:
    """Give the command `--project` and `--playwright-config`, as `project_name` and `config_file`."""
    return _NAME(_FILE(command))


def load_project(
    project_name: str | None, config_file: Path | None, overrides: Mapping[str, Override] | None = None
) -> Project:
    """The project that the options name. Raises ConfigError."""
    return load(config_file or find(Path.cwd()), project=project_name, overrides=overrides)
