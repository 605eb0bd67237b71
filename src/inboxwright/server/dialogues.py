"""What clients said over SMTP and what they were answered, so that a wait can tell what an application tried."""

import time
from collections import deque
from dataclasses import dataclass, field
from typing import Any

_KEPT = 300
"""Dialogues, the newest of all."""
_LINES = 80
"""Lines of one dialogue, its newest: a client may send thousands of mails over one connection."""
_LONGEST = 300
"""Characters of a line."""


@dataclass(slots=True, kw_only=True, eq=False)
class Dialogue:
    """One connection. A password is never among its lines, and no message is."""

    number: int
    peer: str
    lines: "deque[tuple[float, str, str]]" = field(default_factory=lambda: deque(maxlen=_LINES))
    """When (monotonic seconds), "client", "server" or "note", and the text."""
    ended: float | None = None

    def said(self, command: str, argument: str | None) -> None:
        """The client gave a command."""
        if command == "AUTH" and argument:
            argument = argument.split()[0] + (" ****" if " " in argument.strip() else "")
        text = command if argument is None else f"{command} {argument[:_LONGEST]}"
        self.lines.append((time.monotonic(), "client", text))

    def answered(self, reply: str) -> None:
        """The server replied."""
        self.lines.append((time.monotonic(), "server", reply[:_LONGEST]))

    def note(self, text: str) -> None:
        """Something that was not said: a failed handshake."""
        self.lines.append((time.monotonic(), "note", text[:_LONGEST]))

    def end(self) -> None:
        """The connection is gone."""
        self.ended = time.monotonic()


class Dialogues:
    """The newest dialogues of one server."""

    def __init__(self) -> None:
        self._kept: deque[Dialogue] = deque(maxlen=_KEPT)
        self._begun = 0

    def begin(self, peer: str) -> Dialogue:
        """A client connected."""
        self._begun += 1
        dialogue = Dialogue(number=self._begun, peer=peer)
        self._kept.append(dialogue)
        return dialogue

    def within(self, seconds: float) -> list[dict[str, Any]]:
        """What was said within the last seconds, oldest dialogue first, as JSON."""
        now = time.monotonic()
        return [shown for each in self._kept if (shown := _shown(each, now, seconds))]


def _shown(dialogue: Dialogue, now: float, seconds: float) -> dict[str, Any] | None:
    lines = [
        {"ago": int((now - at) * 1000), "by": by, "text": text.encode("utf-8", "replace").decode()}
        for at, by, text in dialogue.lines
        if now - at <= seconds
    ]
    if not lines:
        return None
    return {"number": dialogue.number, "peer": dialogue.peer, "open": dialogue.ended is None, "lines": lines}
