"""What many runs leave behind, read the next morning: one page, one history."""

from inboxwright.report.extra import require_extra
from inboxwright.report.last_failed import remember
from inboxwright.report.markdown import summary
from inboxwright.report.model import Report, load
from inboxwright.report.page import build
from inboxwright.report.records import RESULTS, find, merge_into, read

__all__ = ["RESULTS", "Report", "build", "find", "load", "merge_into", "read", "remember", "require_extra", "summary"]
