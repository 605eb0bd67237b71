"""Whether a change makes tests say less: matchers loosened, sleeps and retries added, assertions turned off."""

from inboxwright.lint.changes import changes
from inboxwright.lint.compare import Finding, loosened

__all__ = ["Finding", "changes", "loosened"]
