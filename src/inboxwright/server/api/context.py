"""What every endpoint works with."""

from dataclasses import dataclass

from inboxwright.server.api.reading import Reading
from inboxwright.server.dialogues import Dialogues
from inboxwright.server.fault_engine import Faults
from inboxwright.server.hub import Hub
from inboxwright.server.serve_options import ServerOptions
from inboxwright.server.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """The parts of one server."""

    options: ServerOptions
    store: Store
    hub: Hub
    faults: Faults
    dialogues: Dialogues
    reading: Reading
    smtp: tuple[str, int]
    """Where it listens."""
