"""Small values that the configuration is made of."""

from collections.abc import Iterator, Mapping
from typing import Generic, TypeVar

from inboxwright.config._sensitive import without_secrets

T = TypeVar("T")


class Secret(str):
    """A password, token or key: a plain string to libraries, masked when shown."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "'****'"


class SecretUrl(str):
    """A URL with a password or a token in it, which is masked when shown."""

    __slots__ = ()

    def __repr__(self) -> str:
        return repr(without_secrets(self))


class FrozenMap(Mapping[str, T], Generic[T]):
    """A mapping that cannot change; unlike `MappingProxyType` it can be pickled (for pytest-xdist) and copied."""

    __slots__ = ("_items",)

    def __init__(self, items: Mapping[str, T] | None = None) -> None:
        self._items: dict[str, T] = dict(items or {})

    def __getitem__(self, key: str) -> T:
        return self._items[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __repr__(self) -> str:
        return repr(self._items)

    def __hash__(self) -> int:
        return hash(frozenset(self._items))
