"""What the receiver answers: 200, or what a test told it to. Rules travel from a worker to it, so they are plain."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from inboxwright.callbacks._call import Call
from inboxwright.callbacks._match import CallCriteria


@dataclass(slots=True, kw_only=True)
class Rule:
    """An answer for calls that fit, `count` times, or for ever (None)."""

    status: int = 200
    body: str = ""
    headers: Mapping[str, str] | None = None
    delay: float = 0
    """Milliseconds until the answer."""
    hang_up: bool = False
    """Whether the connection is closed without an answer."""
    count: int | None = None
    path: str | None = None
    json: Any = None

    def take(self, call: Call) -> bool:
        """Whether this is the answer; it is then used once more."""
        if self.count == 0 or CallCriteria(path=self.path, json=self.json).differences(call):
            return False
        if self.count is not None:
            self.count -= 1
        return True
