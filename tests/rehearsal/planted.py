"""Tests that fail by plan: each attempt of each fails with a probability of 10 %, reproducibly."""

import random

import pytest

COUNT = 60


def fails(number: int, attempt: int) -> bool:
    """Whether this attempt of this test fails."""
    return random.Random(f"planted/{number}/{attempt}").random() < 0.1


def flaky() -> int:
    """How many of them fail first and pass on one retry."""
    return sum(fails(number, 1) and not fails(number, 2) for number in range(COUNT))


@pytest.mark.parametrize("number", range(COUNT))
def test_planted(request: pytest.FixtureRequest, number: int) -> None:
    attempt = getattr(request.node, "execution_count", 1)
    assert not fails(number, attempt), f"planted in attempt {attempt}"
