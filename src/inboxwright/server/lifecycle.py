"""One process: SMTP, HTTP and the store in one event loop."""

import asyncio
import contextlib
import json
import logging
import os
import signal
import socket
import sqlite3
import stat
import sys
import threading
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

from inboxwright.server import data_folder, temporary
from inboxwright.server.api.context import Context
from inboxwright.server.api.reading import Reading
from inboxwright.server.certificate import tls_context
from inboxwright.server.connections import Connections
from inboxwright.server.deliveries import StoreFull
from inboxwright.server.dialogues import Dialogues
from inboxwright.server.fault_engine import Faults
from inboxwright.server.http import application
from inboxwright.server.hub import Hub
from inboxwright.server.intake import Intake
from inboxwright.server.reader import Reader
from inboxwright.server.schema import Sync
from inboxwright.server.serve_options import ServerOptions
from inboxwright.server.smtp import Protocol
from inboxwright.server.store import Store
from inboxwright.server.timers import Holder
from inboxwright.serving import HttpServer

Announce = Callable[[dict[str, Any]], None]

_LOOK_AGAIN = 1.0
"""Seconds between two looks whether the parent lives."""

_log = logging.getLogger("inboxwright.server")


def print_json(ready: dict[str, Any]) -> None:
    """The line that a parent process reads."""
    sys.stdout.write(json.dumps(ready) + "\n")
    sys.stdout.flush()


def run(options: ServerOptions, announce: Announce = print_json) -> None:
    """Serve until SIGTERM, SIGINT or (with `tether`) the end of standard input.

    Raises OSError if a port is taken or a folder cannot be written, sqlite3.Error if the store is damaged.
    """
    logging.getLogger("mail.log").setLevel(logging.CRITICAL)  # aiosmtpd's: we tell the client, not the console
    _allow_many_connections()
    asyncio.run(_run(options, announce))


async def _run(options: ServerOptions, announce: Announce) -> None:
    loop = asyncio.get_running_loop()
    stop = asyncio.Event()
    parent = os.getppid()
    for number in (signal.SIGTERM, signal.SIGINT):  # the loop's own handlers are not on Windows
        signal.signal(number, lambda *_: loop.call_soon_threadsafe(stop.set))
    if options.tether:
        _stop_with_parent(loop, stop)
    async with contextlib.AsyncExitStack() as stack:
        told = None if options.data is None else stack.enter_context(data_folder.held(options.data))
        folder = options.data or stack.enter_context(temporary.folder())
        path = folder / "mail.sqlite3"
        ready = await stack.enter_async_context(serving(options, path))
        if told is not None:
            data_folder.tell(told, ready)
        announce(ready)
        ends: list[asyncio.Task[Any]] = [asyncio.create_task(stop.wait())]
        if options.tether:
            ends.append(asyncio.create_task(_outlive(parent)))
        gone = asyncio.create_task(data_folder.until_gone(path)) if options.data else None
        await asyncio.wait([*ends, *filter(None, [gone])], return_when=asyncio.FIRST_COMPLETED)
        for task in filter(None, [*ends, gone]):
            task.cancel()
        if gone is not None and gone.done() and not gone.cancelled():
            raise data_folder.FolderGone(f"{path} was deleted or moved while the server ran: the mail in it is gone")


def _stop_with_parent(loop: asyncio.AbstractEventLoop, stop: asyncio.Event) -> None:
    """A thread of its own reads standard input: a loop cannot wait for a pipe on Windows."""
    if not stat.S_ISFIFO(os.fstat(sys.stdin.fileno()).st_mode):  # a file or /dev/null: nobody holds its other end
        raise SystemExit("--tether: standard input must be a pipe that the parent holds open")

    def read() -> None:
        while os.read(sys.stdin.fileno(), 4096):
            pass
        with contextlib.suppress(RuntimeError):  # the loop has ended by itself
            loop.call_soon_threadsafe(stop.set)

    threading.Thread(target=read, daemon=True).start()


async def _outlive(parent: int) -> None:
    """A process that the parent forked can hold the pipe open after the parent's death."""
    while os.getppid() == parent:  # noqa: ASYNC110 - there is nothing else to wait for
        await asyncio.sleep(_LOOK_AGAIN)


@contextlib.asynccontextmanager
async def serving(options: ServerOptions, path: Path) -> AsyncIterator[dict[str, Any]]:
    """A running server; says where it listens."""
    loop = asyncio.get_running_loop()
    tls = tls_context(options)
    hub, faults, dialogues = Hub(), Faults(), Dialogues()
    connections = Connections(options)
    with _listen(options.smtp) as mail_socket, _listen(options.http) as web_socket:
        reserve = None if options.data is None else data_folder.Reserve(options.data)
        store = Store(path, sync=_sync(options), max_storage=options.max_storage, reserve=reserve)
        store.publish = hub.publish
        Holder(store)
        reader = Reader()
        intake = Intake(options, store, hub, faults)
        smtp = mail_socket.getsockname()[:2]
        context = Context(
            options=options,
            store=store,
            hub=hub,
            faults=faults,
            dialogues=dialogues,
            reading=Reading(reader),
            smtp=smtp,
        )
        mail = await loop.create_server(
            lambda: Protocol(options, intake, connections, dialogues, tls), sock=mail_socket, backlog=1024
        )
        web = HttpServer(
            application(context), ws="websockets-sansio", ws_per_message_deflate=False, ws_max_size=1024 * 1024
        )
        tasks = [asyncio.create_task(connections.sweep()), asyncio.create_task(_retire(store, options.retention))]
        web_task = asyncio.create_task(web.serve(sockets=[web_socket]))
        await web.ready.wait()
        try:
            yield {"smtp": list(smtp), "http": _url(web_socket), "token": options.token}
        finally:
            mail.close()
            connections.dismiss_all()
            for task in tasks:
                task.cancel()
            web.should_exit = True
            await web_task
            await reader.close()
            await store.close()


async def _retire(store: Store, retention: float | None) -> None:
    """Delete what is older than the retention, some at a time so that mail is not held up."""
    if retention is None:
        return
    pause = min(60.0, max(0.2, retention / 10))
    while True:
        deleted = 0
        try:
            deleted = await store.delete_older(time.time() - retention)
        except (StoreFull, sqlite3.Error):  # a full disk above all: room may be made yet
            _log.exception("old messages could not be deleted")
        await asyncio.sleep(0 if deleted else pause)


def _sync(options: ServerOptions) -> Sync:
    if options.data is None:
        return Sync.OFF
    return Sync.FULL if options.flush else Sync.NORMAL


def _listen(address: tuple[str, int]) -> socket.socket:
    family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
    try:
        listening = socket.create_server(address, family=family, backlog=1024)
    except OSError as error:
        raise OSError(error.errno, f"{address[0]}:{address[1]}: {error.strerror}") from error
    # Accepted sockets inherit it. asyncio sets it only on sockets with an explicit protocol number, which these lack;
    # with Nagle's algorithm a message pushed right after an answer waits 40 ms for the client's delayed ACK.
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listening


def _url(web: socket.socket) -> str:
    host, port = web.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _allow_many_connections() -> None:
    """Raise the soft limit on open files, where the system has one."""
    if sys.platform == "win32":
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 8192 if hard == resource.RLIM_INFINITY else min(8192, hard)
    if soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
