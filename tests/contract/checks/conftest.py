"""These tests need a demo with a defect, so they belong to a run of their own: ../test_checks.py starts it."""

from pathlib import Path

import pytest


def pytest_ignore_collect(config: pytest.Config) -> bool | None:
    """Leave these tests out of every run but their own."""
    return None if config.rootpath == Path(__file__).parent else True
