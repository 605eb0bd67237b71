"""The line on waits at the end of a run."""

import pytest

from inboxwright.plugin._terminal import waits_in_words


def line(test: str, *took: float | None) -> dict[str, object]:
    return {
        "test": f"e2e/test_it.py::{test}",
        "waits": [{"took": each, "outcome": "nothing arrived" if each is None else "arrived"} for each in took],
    }


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ([], ""),
        ([line("test_a", 40.0)], "mail: 1 wait; 40 ms from the step to its mail"),
        ([line("test_a", None)], "mail: 1 wait; 1 ended without its mail"),
        (
            [line("test_a", 40.0, None), line("test_b", 60.0, None)],
            (
                "mail: 4 waits; median 50 ms, p95 59 ms from the step to its mail; slowest 60 ms in test_b; "
                "2 ended without their mail"
            ),
        ),
    ],
)
def test_waits_in_words(lines: list[dict[str, object]], words: str) -> None:
    assert waits_in_words(lines) == words
