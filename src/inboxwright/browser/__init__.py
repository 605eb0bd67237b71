"""Which browser a run starts, and how to get one: `python -m inboxwright.browser install`."""

from inboxwright.browser._find import find_browser
from inboxwright.browser._install import install_browser
from inboxwright.browser._options import context_options, launch_options

__all__ = ["context_options", "find_browser", "install_browser", "launch_options"]
