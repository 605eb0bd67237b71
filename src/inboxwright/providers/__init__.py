"""Providers: where mail is received.

The class of the provider "mailpit" is `MailpitBackend` in mailpit.py; it is made from its options, which are declared
in `inboxwright.config`.
"""

import importlib
from typing import Any

from inboxwright.config import PROVIDERS, provider_options
from inboxwright.errors import ConfigError
from inboxwright.providers.allowance import Allowance
from inboxwright.providers.base import Backend, Capabilities, Deliver, Received

__all__ = [
    "PROVIDERS",
    "Allowance",
    "Backend",
    "Capabilities",
    "Deliver",
    "Received",
    "backend_class",
    "open_backend",
]

_EXTRAS = ("imap", "maildev", "s3", "vaultsandbox")
"""Providers whose client is installed by the extra of the same name."""


def open_backend(name: str, **options: Any) -> Backend:
    """The backend of this name, not yet connected.

    Raises ConfigError for a name, an option or a value that it does not take, a missing option, or a client not
    installed.
    """
    settled = provider_options(name, options)
    make: Any = backend_class(name)  # each takes the options of its own provider
    backend: Backend = make(settled)
    return backend


def backend_class(name: str) -> type[Backend]:
    """The class of a provider, imported now. Raises ConfigError naming the command that installs its client."""
    try:
        module = importlib.import_module(f"{__name__}.{name}")
    except ModuleNotFoundError as error:
        if name not in _EXTRAS or (error.name or "").startswith("inboxwright"):
            raise
        raise ConfigError(f"provider {name!r} needs {error.name}; run: pip install 'inboxwright[{name}]'") from error
    found: type[Backend] = getattr(module, f"{name.capitalize()}Backend")
    return found
