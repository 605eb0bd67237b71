"""Which senders an inbox takes mail from."""

from dataclasses import dataclass, replace
from fnmatch import fnmatchcase

from inboxwright.mail import Check, Message

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
    required: tuple[str, ...] = ()
    """Of "spf", "dkim" and "dmarc", what a trusted receiver must have found to hold, and for the sender's domain."""

    def refuse(self, message: Message) -> str | None:
        """Why mail from this sender is not taken, or None."""
        sender = message.sender
        if any(_fits(entry, sender) for entry in self.blocked):
            return f"its sender {sender!r} is in {BLOCKED}"
        if self.allowed and not any(_fits(entry, sender) for entry in self.allowed):
            return f"its sender {sender!r} is not in allowedSenders"
        return self._not_authentic(message) if self.required else None

    def _not_authentic(self, message: Message) -> str | None:
        """By what the receiver wrote alone: keys are not asked for here, where mail is taken in."""
        told = Message.parse(message.raw, policy=replace(message.policy, dns=None)).authentication
        for name in self.required:
            check: Check = getattr(told, name)
            if not check.passed:
                by = f" by {check.checked_by}" if check.checked_by else ", as no trusted receiver says"
                return f"its {name.upper()} is {check.result!r}{by}, and requireAuthentication asks for a pass"
            if name != "dmarc" and not _is_aligned(message.sender, check.domain):
                whose = f"its {name.upper()} pass is for {check.domain or 'no domain'!r}"
                return f"{whose}, not for its sender {message.sender!r}, and requireAuthentication asks for that"
        return None


def _is_aligned(sender: str, domain: str) -> bool:
    """Whether one is the other's domain or lies below it, close to relaxed alignment (RFC 7489 section 3.1)."""
    own = sender.rpartition("@")[2].lower()
    return bool(domain) and (own == domain or own.endswith(f".{domain}") or domain.endswith(f".{own}"))


def _fits(entry: str, sender: str) -> bool:
    entry, sender = entry.lower(), sender.lower()
    local, _, domain = entry.rpartition("@")
    return fnmatchcase(sender, entry) if local else fnmatchcase(sender.rpartition("@")[2], domain)
