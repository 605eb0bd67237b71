"""inboxwright: Playwright end-to-end testing for email-verified user flows.

The names below are imported when they are first used: the inbox server starts in half the time without Playwright.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from inboxwright.authenticator import AsyncAuthenticator, Authenticator
    from inboxwright.callbacks import AsyncCallbacks, Call, CallbackHub, Callbacks
    from inboxwright.config import Project
    from inboxwright.errors import (
        AccessDenied,
        AmbiguousMatch,
        CallTimeout,
        Candidate,
        ConfigError,
        InboxwrightError,
        MailTimeout,
        MatchError,
        NoMatch,
        PollTimeout,
        ProviderError,
        ProviderUnavailable,
        QuotaExceeded,
        UnclaimedCallWarning,
        UnclaimedMessageWarning,
        UnexpectedCall,
        UnexpectedMessage,
        Verdict,
    )
    from inboxwright.identity import Identity
    from inboxwright.inbox import AsyncInbox, Inbox, Provider, connect
    from inboxwright.mail import Attachment, Link, MatchPolicy, Message
    from inboxwright.polling import async_poll, poll
    from inboxwright.user import AsyncUser, User

__all__ = [
    "AccessDenied",
    "AmbiguousMatch",
    "AsyncAuthenticator",
    "AsyncCallbacks",
    "AsyncInbox",
    "AsyncUser",
    "Attachment",
    "Authenticator",
    "Call",
    "CallTimeout",
    "CallbackHub",
    "Callbacks",
    "Candidate",
    "ConfigError",
    "Identity",
    "Inbox",
    "InboxwrightError",
    "Link",
    "MailTimeout",
    "MatchError",
    "MatchPolicy",
    "Message",
    "NoMatch",
    "PollTimeout",
    "Project",
    "Provider",
    "ProviderError",
    "ProviderUnavailable",
    "QuotaExceeded",
    "UnclaimedCallWarning",
    "UnclaimedMessageWarning",
    "UnexpectedCall",
    "UnexpectedMessage",
    "User",
    "Verdict",
    "async_poll",
    "connect",
    "poll",
]

_ELSEWHERE = {
    "authenticator": ("AsyncAuthenticator", "Authenticator"),
    "callbacks": ("AsyncCallbacks", "Call", "CallbackHub", "Callbacks"),
    "config": ("Project",),
    "identity": ("Identity",),
    "inbox": ("AsyncInbox", "Inbox", "Provider", "connect"),
    "mail": ("Attachment", "Link", "MatchPolicy", "Message"),
    "polling": ("async_poll", "poll"),
    "user": ("AsyncUser", "User"),
}
_MODULES = {name: module for module, names in _ELSEWHERE.items() for name in names}


def __getattr__(name: str) -> object:
    """Import a public name from its module (PEP 562); the errors' module has the rest."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULES.get(name, 'errors')}"), name)


def __dir__() -> list[str]:
    return __all__
