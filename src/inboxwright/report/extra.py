"""The packages that only the page needs."""

from importlib import import_module
from typing import Final

from inboxwright.errors import ConfigError

_PACKAGES: Final = {"jinja2": "Jinja2", "PIL": "Pillow"}
"""By what is imported, the package that holds it."""


def require_extra() -> None:
    """Raises ConfigError, with the command that installs them, where one is not there."""
    for name in _PACKAGES:
        try:
            import_module(name)
        except ModuleNotFoundError:
            raise ConfigError(f"the report needs {_PACKAGES[name]}; run: pip install 'inboxwright[report]'") from None
