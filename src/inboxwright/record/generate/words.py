"""Names and string literals of the generated code."""

import builtins
import keyword
import re
from collections.abc import Container, Mapping

from slugify import slugify

from inboxwright.record.markers import pieces, sole
from inboxwright.record.timeline import CLOSING, OPENING

_LONG = 64
"""Characters of a string literal: the formatter breaks calls, not strings."""
_RESERVED = {*keyword.kwlist, *keyword.softkwlist, *dir(builtins), "page", "self", "user", "path"}


def identifier(text: str, fallback: str = "element", *, limit: int = 7) -> str:
    """A lower-case Python name from words that people read, in Latin letters; known values in them do not count."""
    literal = " ".join(part for part, name in pieces(text) if not name)
    words = re.findall(r"[a-z0-9]+", slugify(literal.replace("'", "")))[:limit]
    name = "_".join(words)
    if not name or name[0].isdigit():
        name = f"{fallback}_{name}" if name else fallback
    return f"{name}_" if name in _RESERVED else name


def class_name(text: str) -> str:
    """`sign_up` as `SignUp`."""
    return "".join(word[:1].upper() + word[1:] for word in text.split("_") if word)


def unique(name: str, taken: Container[str]) -> str:
    """The name, numbered if it is taken."""
    number, candidate = 2, name
    while candidate in taken:
        candidate, number = f"{name}_{number}", number + 1
    return candidate


def quote(text: str) -> str:
    """A string literal as the formatter would write it: double quotes unless that needs more escapes."""
    escaped = "".join(_escape(char) for char in text)
    if '"' in text and "'" not in text:
        return f"'{escaped}'"
    return '"' + escaped.replace('"', '\\"') + '"'


def _escape(char: str) -> str:
    if char == "\\":
        return "\\\\"
    return char if char.isprintable() else repr(char)[1:-1]


def expression(marked: str, scope: Mapping[str, str]) -> str:
    """The marked string as Python: a literal, an f-string, or the value's own expression. Raises KeyError."""
    if name := sole(marked):
        return scope[name]
    return " ".join(_literal(chunk, scope) for chunk in _chunks(marked))


def _literal(marked: str, scope: Mapping[str, str]) -> str:
    parts = list(pieces(marked))
    if not any(name for _, name in parts):
        return quote("".join(text for text, _ in parts))
    written = "".join(
        "{" + scope[name] + "}" if name else quote_inner(text.replace("{", "{{").replace("}", "}}"))
        for text, name in parts
    )
    return f'f"{written}"'


def _chunks(marked: str) -> list[str]:
    """The string in pieces that fit on a line, cut after spaces."""
    chunks = [""]
    for word in re.findall(rf"{OPENING}[^{CLOSING}]*{CLOSING}\S* ?|\S+ ?|\s+", marked):
        if len(chunks[-1]) + len(word) > _LONG and chunks[-1]:
            chunks.append("")
        chunks[-1] += word
    return chunks


def quote_inner(text: str) -> str:
    """The text as it stands between double quotes."""
    return "".join(_escape(char) for char in text).replace('"', '\\"')


def pattern(marked: str, *, whole: bool = True) -> str:
    """A regular expression literal that accepts anything where the known values stood."""
    written = "".join(r"\S+" if name else re.escape(text).replace("\\ ", " ") for text, name in pieces(marked))
    written = f"^{written}$" if whole else written
    return f'r"{written}"' if '"' not in written else repr(written)


def summary(text: str, limit: int = 100) -> str:
    """For a docstring or a comment: one line, known values by name."""
    line = " ".join("".join(f"<{name}>" if name else part for part, name in pieces(text)).split())
    return (line if len(line) <= limit else line[: limit - 1] + "…").replace("\\", "/").replace('"""', "'''")
