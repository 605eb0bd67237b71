"""Inboxes: fresh addresses, expectations with cursors, waits with verdicts; sync and async faces of one core."""

from inboxwright.expectation import AsyncExpectation, Expectation
from inboxwright.inbox._async_inbox import AsyncInbox
from inboxwright.inbox._connect import connect
from inboxwright.inbox._core import InboxCore
from inboxwright.inbox._inbox import Inbox
from inboxwright.inbox._provider import Provider

__all__ = ["AsyncExpectation", "AsyncInbox", "Expectation", "Inbox", "InboxCore", "Provider", "connect"]
