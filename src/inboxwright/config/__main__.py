"""What follows from the declared keys, written anew: `python -m inboxwright.config docs/configuration.md`.

The schema stands beside this module; the page that is named gets its tables. `make schema` does both.
"""

import sys
from pathlib import Path

from inboxwright.config._schema import FILE, text
from inboxwright.config._tables import with_tables


def main(pages: list[str]) -> None:
    """Write the schema, and the tables of these pages."""
    FILE.write_text(text(), encoding="utf-8")
    for page in map(Path, pages):
        page.write_text(with_tables(page.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
