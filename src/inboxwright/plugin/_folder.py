"""Where a test's artifacts are kept: one folder a test, evidence beside what pytest-playwright writes."""

import hashlib
from collections import Counter
from pathlib import Path

import pytest
from slugify import slugify

_LONGEST = 255
_ALIKE = pytest.StashKey[bool]()
"""Whether the name of another test makes the same file name."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Before any test is left out, so that a test's folder is the same whatever else runs."""
    names = [slugify(item.nodeid) for item in items]
    counted = Counter(names)
    for item, name in zip(items, names, strict=True):
        item.stash[_ALIKE] = counted[name] > 1


@pytest.fixture
def output_path(request: pytest.FixtureRequest) -> str:
    """As pytest-playwright's, and each test's own: ids such as `[a-b]` and `[a b]` make the same file name."""
    return str(folder_of(request.node))


def folder_of(item: pytest.Item) -> Path:
    """The test's `output_path`, whether or not the test came so far as to ask for it; one a retry."""
    known = getattr(item, "funcargs", {}).get("output_path")
    if known is not None:
        return Path(known)
    name = slugify(item.nodeid)
    if item.stash.get(_ALIKE, False):
        name = f"{name}-{_digest(item.nodeid)}"
    retry = getattr(item, "execution_count", 1) - 1
    name = f"{name}-retry{retry}" if retry > 0 else name
    if len(name) > _LONGEST:
        name = f"{name[:100]}-{_digest(name)}-{name[-100:]}"
    return Path(item.config.getoption("--output")).absolute() / name


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode(errors="backslashreplace")).hexdigest()[:7]
