"""The demo's settings in the environment, read with one clear line for a wrong value."""

import os
import sys


def choice(name: str, *allowed: str) -> str:
    """The variable's value, by default the first of those allowed."""
    value = os.environ.get(name) or allowed[0]
    if value not in allowed:
        sys.exit(f"demo: {name} must be {' or '.join(allowed)}, not {value!r}")
    return value


def number(name: str, default: int) -> int:
    """The variable's value as a positive whole number."""
    value = os.environ.get(name) or str(default)
    if not value.isdecimal() or int(value) < 1:
        sys.exit(f"demo: {name} must be a positive whole number, not {value!r}")
    return int(value)
