"""Where pytest-playwright keeps a test's artifacts: evidence stands beside them."""

import hashlib
from pathlib import Path

import pytest
from slugify import slugify

_LONGEST = 255


def folder_of(item: pytest.Item) -> Path:
    """The test's `output_path`, whether or not the test came so far as to ask for it; one a retry."""
    known = getattr(item, "funcargs", {}).get("output_path")
    if known is not None:
        return Path(known)
    name = slugify(item.nodeid)
    retry = getattr(item, "execution_count", 1) - 1
    name = f"{name}-retry{retry}" if retry > 0 else name
    if len(name) > _LONGEST:
        name = f"{name[:100]}-{hashlib.sha256(name.encode()).hexdigest()[:7]}-{name[-100:]}"
    return Path(item.config.getoption("--output")).absolute() / name
