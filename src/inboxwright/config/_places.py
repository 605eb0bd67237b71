"""Every place that the configuration has, from the declarations."""

from collections.abc import Iterator, Mapping
from functools import cache

from inboxwright.config._inbox import InboxSettings, inbox_keys
from inboxwright.config._keys import Key, Record, Records, keys_of
from inboxwright.config._project import Project


def walk(keys: Mapping[str, Key], path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Key]]:
    """Each key with its path, outer ones first; `webServer` without a position."""
    for name, key in keys.items():
        here = (*path, name)
        yield here, key
        match key.kind:
            case Record(of=of) if of is InboxSettings:
                yield from walk(inbox_keys(None), here)
            case Record(of=of) | Records(of=of):
                yield from walk(keys_of(of), here)


@cache
def places() -> Mapping[tuple[str, ...], Key]:
    """Every key of a project by its path."""
    return dict(walk(keys_of(Project)))


def places_of(name: str) -> list[str]:
    """Where a key of this name belongs."""
    return [".".join(path) for path in places() if path[-1] == name]
