"""Every route of the application is in the document, and the other way round."""

import re
from pathlib import Path

from starlette.routing import Mount, Route, WebSocketRoute

from inboxwright.server.api.context import Context
from inboxwright.server.api.openapi import document
from inboxwright.server.api.reading import Reading
from inboxwright.server.dialogues import Dialogues
from inboxwright.server.fault_engine import Faults
from inboxwright.server.http import application, endpoints
from inboxwright.server.hub import Hub
from inboxwright.server.reader import Reader
from inboxwright.server.serve_options import ServerOptions
from inboxwright.server.store import Store
from tests.unit.server.loops import run


async def _context(path: Path) -> Context:
    store = Store(path / "mail.sqlite3")
    await store.close()
    return Context(
        options=ServerOptions(),
        store=store,
        hub=Hub(),
        faults=Faults(),
        dialogues=Dialogues(),
        reading=Reading(Reader()),
        smtp=("127.0.0.1", 25),
    )


def test_document_and_routes_are_the_same(tmp_path: Path) -> None:
    context = run(_context(tmp_path))
    routes: set[tuple[str, str]] = set()
    for route in application(context).routes:
        if isinstance(route, Route):
            routes |= {(method.lower(), _plain(route.path)) for method in route.methods or () if method != "HEAD"}
        elif isinstance(route, WebSocketRoute):
            routes.add(("get", _plain(route.path)))
        else:
            assert isinstance(route, Mount)
            assert route.path == "/page"

    described = document(endpoints(context), "1")

    assert {(method, path) for path, methods in described["paths"].items() for method in methods} == routes
    ids = [operation["operationId"] for methods in described["paths"].values() for operation in methods.values()]
    assert len(ids) == len(set(ids))


def _plain(path: str) -> str:
    return re.sub(r":\w+}", "}", path)
