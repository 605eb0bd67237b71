"""Lines of a function body, with `with` blocks that open and close around them."""

from collections.abc import Sequence

WIDTH = 88
"""Columns of a comment: the formatter breaks code, not prose."""


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
        self.add(f"with ({', '.join(managers)}):" if len(managers) > 1 else f"with {managers[0]}:")
        self.depth += 1
        return True

    def leave(self) -> None:
        """Close the innermost `with`."""
        self.depth -= 1
