"""From a timeline to page objects, a flow and tests. Reads nothing but the timeline and the project's own pages."""

from inboxwright.record.generate.modules import needs_ruff
from inboxwright.record.generate.project import Generated, WouldOverwrite, generate, refuse_taken, rewritten, write

__all__ = ["Generated", "WouldOverwrite", "generate", "needs_ruff", "refuse_taken", "rewritten", "write"]
