"""A plugin for the run that checks a recording: each test three times, a fresh person each time."""

import pytest

from inboxwright.record.check import RUNS


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Give every test a parameter that it does not ask for."""
    metafunc.fixturenames.append("_round")
    metafunc.parametrize("_round", range(1, RUNS + 1), ids="run{}".format)
