"""These tests need the page objects of this folder, so they belong to a run of their own: `pytest THIS_FOLDER`.

A run from further up meets the demo's page objects first; there, test_flask_security.py starts the run of its own.
"""

from pathlib import Path

import pytest


def pytest_ignore_collect(config: pytest.Config) -> bool | None:
    """Leave these tests out of every run but their own."""
    return None if config.rootpath == Path(__file__).parent else True
