"""The packages that only the page needs."""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any, Final

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


def template(name: str, **filters: Callable[[float], str]) -> Any:
    """A page's template, beside this file. Raises ConfigError as above."""
    require_extra()
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters |= filters
    return environment.get_template(name)
