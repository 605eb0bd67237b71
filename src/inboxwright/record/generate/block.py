"""Lines of a function body, with `with` blocks that open and close around them."""

import re
from collections.abc import Sequence

from inboxwright.record.generate.words import BREAK

WIDTH = 110
_LITERAL_AT_END = re.compile(r"""(f?"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')$""")


class Block:
    """Collects statements; knows how deep it is."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.depth = 1

    def add(self, *lines: str) -> None:
        """Append statements at the present depth."""
        self.lines += [("    " * self.depth + line) if line else "" for line in lines]

    def comment(self, text: str) -> None:
        """Append a comment, wrapped."""
        words, line = text.split(), "#"
        for word in words:
            if len(line) + len(word) + 1 + 4 * self.depth > WIDTH:
                self.add(line)
                line = "#"
            line += f" {word}"
        self.add(line)

    def enter(self, managers: Sequence[str]) -> bool:
        """Open one `with` for all of these; nothing happens if there are none."""
        if not managers:
            return False
        line = f"with {', '.join(managers)}:"
        if len(line) + 4 * self.depth <= WIDTH:
            self.add(line)
        else:
            self.add("with (", *(f"    {manager}," for manager in managers), "):")
        self.depth += 1
        return True

    def leave(self) -> None:
        """Close the innermost `with`."""
        self.depth -= 1


def fold(line: str) -> list[str]:
    """A call that is too long for one line, one argument a line, as the formatter would break it."""
    indent = len(line) - len(line.lstrip())
    if BREAK in line:
        head, _, rest = line.partition(_first_literal(line))
        literal = (_first_literal(line) + rest).removesuffix(")")
        return [head, *(" " * (indent + 4) + part for part in literal.split(BREAK)), " " * indent + ")"]
    if len(line) <= WIDTH or not line.endswith(")") or "(" not in line:
        return [line]
    start = _opening(line)
    if start is None:
        return [line]
    head, inner = line[: start + 1], line[start + 1 : -1]
    pad = " " * (indent + 4)
    if len(pad + inner) <= WIDTH and not line.lstrip().startswith("def "):
        return [head, pad + inner, " " * indent + ")"]
    return [head, *(f"{pad}{part}," for part in _arguments(inner)), " " * indent + ")"]


def _first_literal(line: str) -> str:
    """The part of a long literal that comes first."""
    before = line.partition(BREAK)[0]
    found = _LITERAL_AT_END.search(before)
    return found.group() if found else before


def _opening(line: str) -> int | None:
    depth, quoted = 0, ""
    for index in range(len(line) - 1, -1, -1):
        char = line[index]
        if quoted:
            quoted = "" if char == quoted and line[index - 1] != "\\" else quoted
        elif char in "\"'":
            quoted = char
        elif char in ")]}":
            depth += 1
        elif char in "([{":
            depth -= 1
            if depth == 0:
                return index
    return None


def _arguments(inner: str) -> list[str]:
    parts, depth, quoted, start = [], 0, "", 0
    for index, char in enumerate(inner):
        if quoted:
            quoted = "" if char == quoted and inner[index - 1] != "\\" else quoted
        elif char in "\"'":
            quoted = char
        elif char in "([{":
            depth += 1
        elif char in ")]}":
            depth -= 1
        elif char == "," and depth == 0:
            parts.append(inner[start:index].strip())
            start = index + 1
    return [part for part in (*parts, inner[start:].strip()) if part]
