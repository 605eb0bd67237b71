"""HTTP calls that the application makes: a receiver, expectations with cursors, refusals on purpose, signatures."""

from inboxwright.callbacks._call import Call
from inboxwright.callbacks._callbacks import AsyncCallbacks, Callbacks
from inboxwright.callbacks._hub import CallbackHub
from inboxwright.callbacks._receiver import Receiver
from inboxwright.callbacks._signatures import (
    Forged,
    Scheme,
    Signed,
    hmac_signature,
    sns,
    standard_webhooks,
    stripe,
    svix,
)

__all__ = [
    "AsyncCallbacks",
    "Call",
    "CallbackHub",
    "Callbacks",
    "Forged",
    "Receiver",
    "Scheme",
    "Signed",
    "hmac_signature",
    "sns",
    "standard_webhooks",
    "stripe",
    "svix",
]
