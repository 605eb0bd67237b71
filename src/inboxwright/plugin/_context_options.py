"""Options of one context win over those of all: pytest-playwright refuses to be given an option twice (TypeError).

That would be any of `viewport`, `locale`, `storage_state` … that playwright.config.json names.
"""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from inspect import getclosurevars, isfunction
from typing import Any

_ALIKE = {"viewport": "no_viewport", "no_viewport": "viewport"}
"""Options that exclude each other."""


@contextmanager
def giving_way(new_context: Callable[..., Any], options: Collection[str]) -> Iterator[None]:
    """While the block lasts, pytest-playwright's `new_context` has no options of its own of these names."""
    held: dict[str, Any] = {}
    own = getclosurevars(new_context).nonlocals.get("browser_context_args", {}) if isfunction(new_context) else {}
    for name in {*options, *(_ALIKE[name] for name in options if name in _ALIKE)}:
        if name in own:
            held[name] = own.pop(name)
    try:
        yield
    finally:
        own.update(held)
