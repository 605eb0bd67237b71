"""Mail as values: parsing, and the strict matchers for links and codes. Knows no network and no browser."""

from inboxwright.mail.message import Message
from inboxwright.mail.mime.authentication import Authentication, Check
from inboxwright.mail.values import Attachment, Link, MatchPolicy

__all__ = ["Attachment", "Authentication", "Check", "Link", "MatchPolicy", "Message"]
