"""A free port that no other run on this machine is given at the same time."""

import contextlib
import os
import random
import socket
import sys
import tempfile
from pathlib import Path

from filelock import FileLock, Timeout

from inboxwright.errors import ConfigError

# Below the ranges from which Linux (32768 up) and macOS (49152 up) take the ports of outgoing connections:
# one of those could take the port between our look and the application's bind.
_FIRST, _LAST = 20000, 32000
if sys.platform == "win32":
    _LOCKS = Path(tempfile.gettempdir(), "inboxwright-ports")  # the folder is the user's own
else:
    _LOCKS = Path(tempfile.gettempdir(), f"inboxwright-ports-{os.getuid()}")
_held: list[FileLock] = []  # until this process ends


def free_port() -> int:
    """A TCP port that nothing uses, reserved for this process among all runs of this user until it ends."""
    candidates = random.SystemRandom().sample(range(_FIRST, _LAST), 200)
    for port in candidates:
        if _is_free(port) and _reserve(port):
            return port
    raise ConfigError(f"no free port was found between {_FIRST} and {_LAST}; name one in the configuration")


def is_listening(host: str, port: int) -> bool:
    """Whether something accepts connections there now."""
    with contextlib.suppress(OSError), socket.create_connection((host, port), timeout=1):
        return True
    return False


def _is_free(port: int) -> bool:
    with socket.socket() as probe, contextlib.suppress(OSError):
        probe.bind(("", port))
        return True
    return False


def _reserve(port: int) -> bool:
    try:
        _LOCKS.mkdir(mode=0o700, exist_ok=True)
        lock = FileLock(_LOCKS / str(port), timeout=0)
        lock.acquire()
    except Timeout:
        return False
    except OSError:
        return True  # without a place for locks the port is only probably free
    _held.append(lock)
    return True
