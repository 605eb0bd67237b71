"""Providers: where mail is received."""

import importlib
from difflib import get_close_matches
from typing import Any

from inboxwright.errors import ConfigError
from inboxwright.providers.allowance import Allowance
from inboxwright.providers.base import Backend, Capabilities, Deliver, Received
from inboxwright.providers.options import PROVIDERS, Option, ProviderEntry

__all__ = [
    "PROVIDERS",
    "Allowance",
    "Backend",
    "Capabilities",
    "Deliver",
    "Option",
    "ProviderEntry",
    "Received",
    "backend_class",
    "open_backend",
]


def open_backend(name: str, **options: Any) -> Backend:
    """The backend of this name, not yet connected.

    Raises ConfigError for a name or an option that it does not know, a missing option, or a client not installed.
    """
    entry = _entry(name)
    known = {option.name for option in entry.options}
    if unknown := sorted(options.keys() - known):
        raise ConfigError(f"provider {name!r} takes no option {unknown[0]!r}; it takes {', '.join(sorted(known))}")
    given = {key: value for key, value in options.items() if value is not None}
    if missing := [option.name for option in entry.options if option.required and option.name not in given]:
        raise ConfigError(f"provider {name!r} needs inbox.{missing[0]}")
    return backend_class(name)(**given)


def backend_class(name: str) -> type[Backend]:
    """The class behind a name, imported now. Raises ConfigError naming the command that installs its client."""
    entry = _entry(name)
    try:
        module = importlib.import_module(entry.module)
    except ModuleNotFoundError as error:
        if entry.extra is None or (error.name or "").startswith("inboxwright"):
            raise
        raise ConfigError(
            f"provider {name!r} needs {error.name}; run: pip install 'inboxwright[{entry.extra}]'"
        ) from error
    found: type[Backend] = getattr(module, entry.backend)
    return found


def _entry(name: str) -> ProviderEntry:
    if name in PROVIDERS:
        return PROVIDERS[name]
    close = get_close_matches(name, PROVIDERS, n=1)
    hint = f"did you mean {close[0]!r}?" if close else f"use one of {', '.join(PROVIDERS)}"
    raise ConfigError(f"inbox.provider {name!r} is unknown; {hint}")
