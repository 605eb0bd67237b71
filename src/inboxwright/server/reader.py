"""Has mail read in processes of their own, so that no mail holds up the loop that takes mail and wakes waiters."""

import asyncio
import contextlib
import os
import pickle
import struct
import sys
from collections import OrderedDict
from collections.abc import AsyncIterator, Sequence
from typing import Any

from inboxwright.server.reader_process import SECONDS, frame

_PROCESSES = 2
_REMEMBERED = 4000
"""Answers that are kept, if they are small: a list is asked for again and again."""
_SMALL = 4096
"""Bytes of an answer, by its text."""


class TooHard(Exception):
    """The mail takes more time or memory than one mail may; the text says which."""


class Reader:
    """Runs functions of `server/api` on mail. The processes start when they are first needed."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._idle: list[asyncio.subprocess.Process] = []
        self._all: set[asyncio.subprocess.Process] = set()
        self._room = asyncio.Semaphore(_PROCESSES)
        self._known: OrderedDict[Any, Any] = OrderedDict()

    async def ask(self, module: str, function: str, *arguments: Any, key: Any = None) -> Any:
        """What the function returns; with a `key`, a small answer is remembered. Raises TooHard."""
        known = (module, function, key)
        if key is not None and known in self._known:
            self._known.move_to_end(known)
            return self._known[known]
        async with self._process() as process:
            answer = await self._answer(process, module, function, arguments)
        if key is not None and len(str(answer)) <= _SMALL:
            self._known[known] = answer
            while len(self._known) > _REMEMBERED:
                self._known.popitem(last=False)
        return answer

    async def ask_each(self, module: str, function: str, rows: Sequence[tuple[Any, ...]]) -> list[Any]:
        """One answer a row, in their order; TooHard among them is handed back, not raised."""

        async def one(arguments: tuple[Any, ...]) -> Any:
            try:
                return await self.ask(module, function, *arguments)
            except TooHard as error:
                return error

        return [await one(arguments) for arguments in rows]

    @contextlib.asynccontextmanager
    async def _process(self) -> AsyncIterator[asyncio.subprocess.Process]:
        async with self._room:
            process = self._idle.pop() if self._idle else await self._start()
            whole = False
            try:
                yield process
                whole = True
            finally:  # in the middle of an answer, or cancelled before it came: nobody can use it any more
                if whole and process.returncode is None:
                    self._idle.append(process)
                else:
                    await self._end(process)

    async def _start(self) -> asyncio.subprocess.Process:
        pipe = asyncio.subprocess.PIPE
        command = [sys.executable, "-m", "inboxwright.server.reader_process"]
        environment = {name: value for name, value in os.environ.items() if not name.startswith("INBOXWRIGHT_")}
        process = await asyncio.create_subprocess_exec(*command, stdin=pipe, stdout=pipe, env=environment)
        self._all.add(process)
        return process

    async def _answer(
        self, process: asyncio.subprocess.Process, module: str, function: str, arguments: tuple[Any, ...]
    ) -> Any:
        if process.stdin is None or process.stdout is None:
            raise RuntimeError("the reader has no pipes")
        try:
            async with asyncio.timeout(self._seconds):
                process.stdin.write(frame((module, function, arguments)))
                await process.stdin.drain()
                (size,) = struct.unpack(">I", await process.stdout.readexactly(4))
                good, answer = pickle.loads(await process.stdout.readexactly(size))  # noqa: S301 - our own child wrote it
        except TimeoutError:
            raise TooHard(f"it takes more than {self._seconds:g} s to read") from None
        except (asyncio.IncompleteReadError, ConnectionError):
            raise TooHard("reading it ended the process that did so") from None
        if not good:
            raise TooHard(f"it cannot be read: {answer}")
        return answer

    async def _end(self, process: asyncio.subprocess.Process) -> None:
        self._all.discard(process)
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()

    async def close(self) -> None:
        """End the processes."""
        for process in list(self._all):
            await self._end(process)
