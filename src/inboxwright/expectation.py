"""The `with` blocks: Playwright's own idiom, once for sync and once for async."""

from collections.abc import Awaitable, Callable
from types import TracebackType
from typing import TYPE_CHECKING, Generic, Self, TypeVar

T = TypeVar("T")


class Expectation(Generic[T]):
    """Takes its cursor on entering the block and waits on leaving it; an exception inside the block wins."""

    def __init__(self, *, begin: Callable[[], None], finish: Callable[[], T], what: str = "mail") -> None:
        self._begin = begin
        self._finish = finish
        self._result: list[T] = []
        self._what = what

    def __enter__(self) -> Self:
        self._begin()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if error is None:
            self._result.append(self._finish())

    @property
    def value(self) -> T:
        """What was expected. Raises RuntimeError inside the block: it has not been waited for yet."""
        if not self._result:
            raise RuntimeError(f"the {self._what} is awaited when the `with` block ends; read .value after it")
        return self._result[0]

    if not TYPE_CHECKING:  # a type checker knows the attributes; who runs none is told where the mail is

        def __getattr__(self, name: str) -> None:
            raise AttributeError(f"an expectation has no {name!r}; the {_what(self)} is its value: .value.{name}")


class AsyncExpectation(Generic[T]):
    """The same for `async with`; `await expectation.value`, as in Playwright's async API."""

    def __init__(
        self, *, begin: Callable[[], Awaitable[None]], finish: Callable[[], Awaitable[T]], what: str = "mail"
    ) -> None:
        self._begin = begin
        self._finish = finish
        self._result: list[T] = []
        self._what = what

    async def __aenter__(self) -> Self:
        await self._begin()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if error is None:
            self._result.append(await self._finish())

    @property
    async def value(self) -> T:
        """What was expected. Raises RuntimeError inside the block: it has not been waited for yet."""
        if not self._result:
            raise RuntimeError(f"the {self._what} is awaited when the `async with` block ends; await .value after it")
        return self._result[0]

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> None:
            raise AttributeError(
                f"an expectation has no {name!r}; the {_what(self)} is its value: (await ….value).{name}"
            )


def _what(expectation: object) -> str:
    """Without its own attribute lookup, which asks for this."""
    return str(vars(expectation).get("_what", "mail"))
