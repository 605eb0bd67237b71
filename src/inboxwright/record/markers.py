"""Known values inside recorded strings, replaced by their names and found again."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from inboxwright.record.timeline import CLOSING, OPENING

_PIECE = re.compile(rf"{OPENING}{OPENING}|{OPENING}([\w.]+){CLOSING}")
_TELLING = 6
"""The length from which the beginning of a secret counts as a part of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A value and its name; `word` values count only where no letter or digit adjoins them."""

    name: str
    value: str
    word: bool = False


def marker(name: str) -> str:
    """How a known value stands in a recorded string."""
    return f"{OPENING}{name}{CLOSING}"


def mark(text: str, known: Iterable[Known]) -> str:
    """Replace every known value in `text` by its marker, longer values first."""
    ordered = sorted((item for item in known if item.value), key=lambda item: -len(item.value))
    if not ordered or not text:
        return text.replace(OPENING, OPENING * 2)
    names: dict[str, str] = {}
    alternatives = []
    for item in ordered:
        names.setdefault(item.value.casefold(), item.name)
        pattern = re.escape(item.value)
        alternatives.append(rf"(?<!\w){pattern}(?!\w)" if item.word else pattern)
    found = re.compile("|".join([*alternatives, re.escape(OPENING)]), re.IGNORECASE)

    def replace(match: re.Match[str]) -> str:
        text = match.group()
        return OPENING * 2 if text == OPENING else marker(names[text.casefold()])

    return found.sub(replace, text)


def without_partial(code: str, known: Iterable[Known]) -> str:
    """A locator without the beginning of a known value at the end of its words, where Playwright cut them off.

    What is left is still found: such locators match a part of the text.
    """
    for item in known:
        for length in range(len(item.value) - 1, _TELLING - 1, -1):
            code = code.replace(item.value[:length] + '"', '"')
    return code


def pieces(text: str) -> Iterator[tuple[str, str | None]]:
    """Split a marked string into (literal, None) and ("", name) pieces, in order."""
    end, literal = 0, ""
    for match in _PIECE.finditer(text):
        literal += text[end : match.start()]
        end = match.end()
        if match.group(1) is None:
            literal += OPENING
            continue
        if literal:
            yield literal, None
            literal = ""
        yield "", match.group(1)
    if literal + text[end:]:
        yield literal + text[end:], None


def names(text: str) -> list[str]:
    """The names of the known values in a marked string, in order."""
    return [name for _, name in pieces(text) if name]


def sole(text: str) -> str | None:
    """The name, if the marked string is one known value and nothing else."""
    found = list(pieces(text))
    return found[0][1] if len(found) == 1 else None


def fill_in(text: str, replace: Callable[[str], str], *, literal: Callable[[str], str] = str) -> str:
    """The string with every marker replaced by `replace(name)` and every literal by `literal(text)`."""
    return "".join(replace(name) if name else literal(part) for part, name in pieces(text))
