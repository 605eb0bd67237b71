"""How a thread waits for a future: the one seam between the engine and whoever owns the thread."""

from concurrent.futures import Future
from typing import Protocol, TypeVar

T = TypeVar("T")


class Waiter(Protocol):
    """Returns a future's result, or raises its exception, once it is done.

    A thread that runs Playwright's sync API must keep Playwright's loop turning meanwhile, or no `page.route`
    handler and no page event is served; the pytest plugin brings such a waiter (`inboxwright.pump`).
    """

    def __call__(self, future: Future[T], /) -> T: ...


def block(future: Future[T], /) -> T:
    """Wait by blocking the thread: for threads in which no browser is driven."""
    return future.result()
