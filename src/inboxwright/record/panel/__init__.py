"""The panel: a window of its own beside the recorded page."""

from inboxwright.record.panel.window import Panel

__all__ = ["Panel"]
