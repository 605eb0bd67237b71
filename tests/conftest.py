"""A shell that starts a run in the background makes it ignore SIGINT, and all that the tests start would too."""

import signal


def pytest_configure() -> None:
    """Undo that: some tests press Ctrl-C."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
