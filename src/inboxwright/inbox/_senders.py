"""Which senders an inbox takes mail from."""

from dataclasses import dataclass
from fnmatch import fnmatchcase

from inboxwright.mail import Message

BLOCKED = "blockedSenders"
"""The key of the project's configuration, as it stands in reasons and remedies."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SenderPolicy:
    """An entry is an address, a domain (`app.example` or `@app.example`), or either with `*` in it; case is ignored.

    Mail from elsewhere is kept and shown, and never returned.
    """

    allowed: tuple[str, ...] = ()
    """Empty: everybody."""
    blocked: tuple[str, ...] = ()

    def refuse(self, message: Message) -> str | None:
        """Why mail from this sender is not taken, or None."""
        sender = message.sender
        if any(_fits(entry, sender) for entry in self.blocked):
            return f"its sender {sender!r} is in {BLOCKED}"
        if self.allowed and not any(_fits(entry, sender) for entry in self.allowed):
            return f"its sender {sender!r} is not in allowedSenders"
        return None


def _fits(entry: str, sender: str) -> bool:
    entry, sender = entry.lower(), sender.lower()
    local, _, domain = entry.rpartition("@")
    return fnmatchcase(sender, entry) if local else fnmatchcase(sender.rpartition("@")[2], domain)
