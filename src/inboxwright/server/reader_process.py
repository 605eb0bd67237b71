"""`python -m inboxwright.server.reader_process`: reads mail for the HTTP side, apart from the loop of the rest.

Frames on standard input and output: a length of four bytes, then a pickled value. Only the server writes to it. It
ends when its standard input does, and after `SECONDS` of one job whatever it is doing: the alarm ends even C code.
"""

import importlib
import os
import pickle
import signal
import struct
import sys
from typing import Any, BinaryIO

SECONDS = 10
"""That one mail may take."""
_MEMORY = 2 * 1024**3
"""Bytes of address space: many times what the largest mail needs."""
_PACKAGE = "inboxwright.server.api"


def main() -> None:
    """Serve until standard input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server
    _limit_memory()
    jobs = sys.stdin.buffer
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # nothing that prints may get between the frames
    while (job := read_frame(jobs)) is not None:
        _alarm(SECONDS + 1)
        module, function, arguments = job
        try:
            answer = (True, getattr(importlib.import_module(f"{_PACKAGE}.{module}"), function)(*arguments))
        except Exception as error:  # noqa: BLE001 - told to whoever asked
            answer = (False, f"{type(error).__name__}: {error}"[:500])
        _alarm(0)
        answers.write(frame(answer))
        answers.flush()


def frame(value: Any) -> bytes:
    """One value as it travels."""
    data = pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)
    return struct.pack(">I", len(data)) + data


def read_frame(source: BinaryIO) -> Any:
    """The next value; None at the end."""
    head = source.read(4)
    if len(head) < 4:
        return None
    return pickle.loads(source.read(struct.unpack(">I", head)[0]))  # noqa: S301 - written by our own parent


def _alarm(seconds: int) -> None:
    if hasattr(signal, "alarm"):
        signal.alarm(seconds)


def _limit_memory() -> None:
    if sys.platform == "win32":  # no such limits
        return
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = _MEMORY if hard == resource.RLIM_INFINITY else min(_MEMORY, hard)
    resource.setrlimit(resource.RLIMIT_AS, (most, hard))


if __name__ == "__main__":
    main()
