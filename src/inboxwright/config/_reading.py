"""Where a key is, where its value came from, and the file's text as JSON (RFC 8259) with the line of each key."""

import difflib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Self

from inboxwright.errors import ConfigError

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]:,]|[^\s{}\[\]:,"]+')


class KeyPath(tuple[str | int, ...]):
    """Where a key is: names and positions from the top; `str()` is `projects[1].use`."""

    __slots__ = ()

    @classmethod
    def of(cls, *steps: str | int) -> Self:
        """The path of these steps."""
        return cls(steps)

    def __truediv__(self, step: str | int) -> Self:
        return type(self)((*self, step))

    def __str__(self) -> str:
        text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in self)
        return text.removeprefix(".")

    @property
    def names(self) -> tuple[str, ...]:
        """Without positions: where the key is declared."""
        return tuple(step for step in self if isinstance(step, str))

    @property
    def heads(self) -> "tuple[KeyPath, ...]":
        """What it lies within, from the top on, and itself."""
        return tuple(KeyPath(self[:end]) for end in range(1, len(self) + 1))

    def is_within(self, other: "KeyPath") -> bool:
        """Whether it is the other or lies below it."""
        return self[: len(other)] == other


TOP = KeyPath()


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
    path: KeyPath = TOP
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

    def error(self, problem: str, *, path: KeyPath | None = None) -> ConfigError:
        """One line: where, which key, what is wrong and what to do."""
        key = self.path if path is None else path
        where = [part for part in (self.name, str(key)) if part]
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


def read(file: Path) -> tuple[dict[str, Any], Mapping[KeyPath, int]]:
    """The file's object and its lines. Raises ConfigError with line and column."""
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise ConfigError(f"{file}: there is no such file; `inboxwright init` writes one") from None
    except IsADirectoryError:
        raise ConfigError(f"{file}: is a folder; name the file in it") from None
    except UnicodeDecodeError as error:
        raise ConfigError(f"{file.name}: is not UTF-8 (byte {error.start}); save it as UTF-8") from None
    except OSError as error:
        raise ConfigError(f"{file}: cannot be read: {error.strerror}") from None
    try:
        value = json.loads(text, object_pairs_hook=_Pairs, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        raise ConfigError(f"{file.name}:{error.lineno}:{error.colno}: is not JSON: {_hint(text, error)}") from None
    except RecursionError:
        raise ConfigError(f"{file.name}: is nested too deeply for a configuration") from None
    except ValueError as error:
        raise ConfigError(f"{file.name}: is not JSON: {error}") from None
    if not isinstance(value, _Pairs):
        raise ConfigError(f"{file.name}: must hold an object: {{ … }}")
    lines = _lines(text)
    _refuse_repeats(value, TOP, lines, file.name)
    return _plain(value), lines


class _Pairs(list[tuple[str, Any]]):
    """An object before its repeated keys are lost."""


def _no_constant(word: str) -> object:
    raise ValueError(f"{word} is no JSON number")


def _plain(value: Any) -> Any:
    if isinstance(value, _Pairs):
        return {name: _plain(inner) for name, inner in value}
    return [_plain(inner) for inner in value] if isinstance(value, list) else value


def _refuse_repeats(value: Any, path: KeyPath, lines: Mapping[KeyPath, int], name: str) -> None:
    inner: list[tuple[str | int, Any]] = []
    if isinstance(value, _Pairs):
        seen: set[str] = set()
        for key, entry in value:
            if key in seen:
                where = path / key
                raise ConfigError(f"{name}:{lines[where]}: {where}: stands twice; keep one")
            seen.add(key)
            inner.append((key, entry))
    elif isinstance(value, list):
        inner.extend(enumerate(value))
    for step, entry in inner:
        _refuse_repeats(entry, path / step, lines, name)


def _hint(text: str, error: json.JSONDecodeError) -> str:
    rest, before = text[error.pos :].lstrip(), text[: error.pos].rstrip()
    if rest.startswith(("//", "/*", "#")):
        return "comments are not JSON; remove it"
    if rest[:1] in {"}", "]"} and before.endswith(","):
        return "a comma before a closing bracket; remove it"
    if before.endswith(",") and text[error.pos - 1 : error.pos] == ",":
        return "a comma that nothing follows; remove it"
    if error.msg.startswith("Illegal trailing comma"):
        return "a comma before a closing bracket; remove it"
    if rest.startswith("'"):
        return "texts stand in double quotes"
    return error.msg[0].lower() + error.msg[1:]


def _lines(text: str) -> dict[KeyPath, int]:
    """The line of each key and list entry; `text` is known to be JSON."""
    found: dict[KeyPath, int] = {}
    stack: list[tuple[KeyPath, bool]] = []  # where we are, and whether it is a list
    path = TOP
    index: list[int] = []
    line, reached, expects_key = 1, 0, False
    for token in _TOKEN.finditer(text):
        line += text.count("\n", reached, token.start())
        reached = token.start()
        word = token[0]
        if stack and stack[-1][1] and word not in {",", "]", ":"} and path == stack[-1][0]:
            path = path / index[-1]
            found[path] = line
        if word in {"{", "["}:
            stack.append((path, word == "["))
            index.append(0)
            expects_key = word == "{"
        elif word in {"}", "]"}:
            path = stack.pop()[0]
            index.pop()
        elif word == ",":
            path = stack[-1][0]
            index[-1] += 1
            expects_key = not stack[-1][1]
        elif word != ":" and expects_key and word[0] == '"':
            path = stack[-1][0] / str(json.loads(word))
            found[path] = line
            expects_key = False
    return found
