"""The file's text as JSON (RFC 8259), and the line on which each key stands."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from inboxwright.errors import ConfigError

Spot = tuple[str | int, ...]
"""A place in the file: keys and positions from the top."""

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]:,]|[^\s{}\[\]:,"]+')


def spelt(spot: Spot) -> str:
    """`("projects", 1, "use")` as `projects[1].use`."""
    text = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in spot)
    return text.removeprefix(".")


def read(file: Path) -> tuple[dict[str, Any], Mapping[Spot, int]]:
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
    _refuse_repeats(value, (), lines, file.name)
    return _plain(value), lines


class _Pairs(list[tuple[str, Any]]):
    """An object before its repeated keys are lost."""


def _no_constant(word: str) -> object:
    raise ValueError(f"{word} is no JSON number")


def _plain(value: Any) -> Any:
    if isinstance(value, _Pairs):
        return {name: _plain(inner) for name, inner in value}
    return [_plain(inner) for inner in value] if isinstance(value, list) else value


def _refuse_repeats(value: Any, spot: Spot, lines: Mapping[Spot, int], name: str) -> None:
    inner: list[tuple[str | int, Any]] = []
    if isinstance(value, _Pairs):
        seen: set[str] = set()
        for key, entry in value:
            if key in seen:
                where = (*spot, key)
                raise ConfigError(f"{name}:{lines[where]}: {spelt(where)}: stands twice; keep one")
            seen.add(key)
            inner.append((key, entry))
    elif isinstance(value, list):
        inner.extend(enumerate(value))
    for step, entry in inner:
        _refuse_repeats(entry, (*spot, step), lines, name)


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


def _lines(text: str) -> dict[Spot, int]:
    """The line of each key and list entry; `text` is known to be JSON."""
    found: dict[Spot, int] = {}
    stack: list[tuple[Spot, bool]] = []  # where we are, and whether it is a list
    spot: Spot = ()
    index: list[int] = []
    line, reached, expects_key = 1, 0, False
    for token in _TOKEN.finditer(text):
        line += text.count("\n", reached, token.start())
        reached = token.start()
        word = token[0]
        if stack and stack[-1][1] and word not in {",", "]", ":"} and spot == stack[-1][0]:
            spot = (*spot, index[-1])
            found[spot] = line
        if word in {"{", "["}:
            stack.append((spot, word == "["))
            index.append(0)
            expects_key = word == "{"
        elif word in {"}", "]"}:
            spot = stack.pop()[0]
            index.pop()
        elif word == ",":
            spot = stack[-1][0]
            index[-1] += 1
            expects_key = not stack[-1][1]
        elif word != ":" and expects_key and word[0] == '"':
            spot = (*stack[-1][0], json.loads(word))
            found[spot] = line
            expects_key = False
    return found
