"""The files that CONTRIBUTING sends people to are there."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_every_file_that_is_named_exists() -> None:
    named = re.findall(r"`((?:src|tests)/[\w/.]+\.\w+)`", (ROOT / "CONTRIBUTING.md").read_text())

    files = [name for name in named if "NAME" not in name]
    assert len(files) >= 8
    assert [name for name in files if not (ROOT / name).is_file()] == []
