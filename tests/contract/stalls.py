"""How long the machine itself stood still: what a deadline kept to the millisecond has to be forgiven."""

import threading
import time
from types import TracebackType
from typing import Self

_TICK = 0.005
_NOTABLE = 0.01
"""Seconds of a tick's delay from which it is a stall of the machine, and no longer a clock's coarseness."""


class Stalls:
    """Watches from a thread that does nothing but wake up, for as long as the block lasts."""

    def __init__(self) -> None:
        self.milliseconds = 0.0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        over = False
        while not over:
            slept = time.monotonic()
            over = self._over.wait(_TICK)
            late = time.monotonic() - slept - _TICK
            if late > _NOTABLE:
                self.milliseconds += late * 1000
