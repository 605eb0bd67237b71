"""`${NAME}` in the file: an environment variable. A literal `${` is written `$${`."""

import re
from collections.abc import Callable, Mapping

from inboxwright.config._kinds import PLACEHOLDER, Wrong

_ANY = re.compile(r"\$\$\{|\$\{([^}]*)\}?")


def has_variable(value: object) -> bool:
    """Whether the text takes a variable."""
    return isinstance(value, str) and any(found[0] != "$${" for found in _ANY.finditer(value))


def check(text: str) -> None:
    """Wrong if a `${` in the text does not begin a variable."""
    for found in _ANY.finditer(text):
        if found[0] != "$${" and not PLACEHOLDER.fullmatch(found[0]):
            raise Wrong(f'has "{found[0]}", which is no ${{NAME}}; a literal is written $${{')


def expand(
    text: str,
    environ: Mapping[str, str],
    *,
    missing: Callable[[str, str], Exception],
    later: tuple[str, ...] = (),
) -> tuple[str, tuple[str, ...]]:
    """The text with its variables' values, and their names.

    Those in `later` stay as they are, and so do escapes, for the second pass. An empty variable counts as missing:
    CI systems give one for a secret that is not defined.
    """
    names: list[str] = []

    def value(found: re.Match[str]) -> str:
        if found[0] == "$${":
            return "$${" if later else "${"
        name = found[1]
        if name in later:
            return found[0]
        if not environ.get(name):
            raise missing(name, "is empty" if name in environ else "is not set")
        names.append(name)
        return environ[name]

    return _ANY.sub(value, text), tuple(names)
