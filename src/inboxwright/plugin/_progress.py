"""A live line on long waits, past pytest's capture: "waiting for mail to … 12 s, 2 others arrived"."""

import os
import threading
from collections.abc import Generator

import pytest

from inboxwright.inbox import AsyncInbox, Inbox
from inboxwright.plugin._test_record import TestRecord, record_of

_PATIENCE = 5.0
"""Seconds that a wait may take before anybody is told."""
_GROWTH = 2.0
"""Where lines cannot be rewritten, each wait is told of at 5, 10, 20, 40 … s."""


class Progress:
    """Looks at the running test once a second. It shares no lock with the test and only ever reads."""

    def __init__(self) -> None:
        # Duplicated before capture takes the descriptor; in an xdist worker it is the controller's own.
        self._out = os.fdopen(os.dup(2), "w", buffering=1, errors="replace")
        self._rewrites = self._out.isatty()
        self._test: TestRecord | None = None
        self._told: dict[int, float] = {}
        self._shown = False
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._look, name="inboxwright progress", daemon=True)
        self._thread.start()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        """Know which test is running."""
        try:
            return (yield)
        finally:
            self._test = None
            self._clear()

    @pytest.hookimpl(trylast=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        """After the record of this attempt was made."""
        self._test = record_of(item)

    def pytest_unconfigure(self) -> None:
        """End the thread."""
        self._stop.set()
        self._thread.join()
        self._out.close()

    def _look(self) -> None:
        while not self._stop.wait(1.0):
            test = self._test
            if test is not None:
                for inbox in list(test.inboxes):
                    self._tell(inbox)

    def _tell(self, inbox: Inbox | AsyncInbox) -> None:
        for wait in list(inbox.core.asked):
            waiting = wait.ended is None and wait.started > wait.begun
            seconds = wait.elapsed / 1000
            if not waiting or seconds < self._told.get(id(wait), _PATIENCE):
                continue
            number = len(wait.rejected)
            others = f", {number} other{'s' if number > 1 else ''} arrived" if number else ""
            line = f"waiting for mail to {inbox.address} {seconds:.0f} s{others}"
            if self._rewrites:
                self._out.write(f"\r{line}\x1b[K")
                self._shown = True
            else:
                self._told[id(wait)] = seconds * _GROWTH - 0.5
                self._out.write(f"\ninboxwright: {line}\n")

    def _clear(self) -> None:
        self._told.clear()
        if self._shown:
            self._shown = False
            self._out.write("\r\x1b[K")
