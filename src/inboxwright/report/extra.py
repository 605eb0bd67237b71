"""The packages that only the page needs."""

from importlib import import_module

from inboxwright.errors import ConfigError


def require_extra() -> None:
    """Raises ConfigError, with the command that installs them, where one is not there."""
    for name in ("jinja2", "matplotlib"):
        try:
            import_module(name)
        except ModuleNotFoundError as error:
            raise ConfigError(f"the report needs {error.name}; run: pip install 'inboxwright[report]'") from None
