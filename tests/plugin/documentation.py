"""The code in the guides, by file: an indented block that follows a line which ends in "`file`:"."""

import re
from pathlib import Path
from textwrap import dedent

_DOCS = Path(__file__).parents[2] / "docs"
_BLOCK = re.compile(r"`([\w./]+)`:\n\n((?:    .*\n|\n)+)")


def blocks(page: str) -> dict[str, str]:
    """What the page says is in each file."""
    return {name: dedent(text).strip() + "\n" for name, text in _BLOCK.findall((_DOCS / page).read_text())}
