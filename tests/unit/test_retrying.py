"""A retry says nothing on standard error of its own accord, and all of it where a log is kept."""

import subprocess
import sys

_HICCUP = """
from inboxwright.retrying import retry_context

for attempt in retry_context(on=OSError, attempts=2, wait_initial=0, wait_max=0, wait_jitter=0):
    with attempt:
        if attempt.num == 1:
            raise OSError("once")
"""


def _stderr(program: str) -> str:
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True)
    return done.stderr


def test_a_retry_is_silent_where_no_log_is_kept() -> None:
    assert not _stderr(_HICCUP)


def test_a_retry_is_told_where_a_log_is_kept() -> None:
    assert "stamina.retry_scheduled" in _stderr("import logging\nlogging.basicConfig()\n" + _HICCUP)
