"""Where a value came from, and errors that say so."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from inboxwright.errors import ConfigError


class Layer(StrEnum):
    """Who said a value; a later one wins over an earlier one."""

    DEFAULT = "default"
    FILE = "file"
    ENVIRONMENT = "environment"
    COMMAND_LINE = "command line"


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where one value came from; `str()` is what people are shown."""

    layer: Layer
    name: str = ""
    """The file and line, the variable, or the option."""
    path: str = ""
    """The key as it is written there, for example `projects[1].use.baseURL`."""
    variables: tuple[str, ...] = ()
    """The environment variables that `${NAME}` in it took."""

    def __str__(self) -> str:
        if self.layer is Layer.DEFAULT:
            return "default"
        if self.layer is Layer.FILE:
            taken = "".join(f", ${{{name}}}" for name in self.variables)
            return f"{self.name}{taken}"
        return f"{self.layer} {self.name}" if self.layer is Layer.ENVIRONMENT else self.name

    def error(self, problem: str, *, path: str | None = None) -> ConfigError:
        """One line: where, which key, what is wrong and what to do."""
        key = self.path if path is None else path
        where = [part for part in (self.name, key) if part]
        return ConfigError(": ".join([*where, problem]))


DEFAULT = Origin(layer=Layer.DEFAULT)


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that was most likely meant, or None."""
    by_fold = {name.casefold().replace("-", "").replace("_", ""): name for name in known}
    folded = word.casefold().replace("-", "").replace("_", "")
    found = difflib.get_close_matches(folded, by_fold, n=1, cutoff=0.6)
    return by_fold[found[0]] if found else None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`; did you mean "x"?` where one is near, otherwise the list of all."""
    names = sorted(known)
    if near := nearest(word, names):
        return f'; did you mean "{near}"?'
    return f"; known here: {', '.join(names)}" if names else ""
