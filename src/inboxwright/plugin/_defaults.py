"""playwright.config.json as the default of pytest-playwright's own options."""

import pytest

from inboxwright.config import Project
from inboxwright.plugin._options import GIVEN

_AS_TRACING = {"on-first-retry": "off"}
"""pytest-playwright knows on, off and retain-on-failure; a retry's trace is switched on when there is a retry."""


def fill_in_options(config: pytest.Config, project: Project) -> None:
    """Set the options that the command line does not give; in each worker too, for xdist hands on arguments alone."""
    if project.file is None:
        return
    use, option = project.use, config.option
    defaults = {
        "browser": [use.browser_name],
        "headed": not use.headless,
        "browser_channel": use.channel,
        "tracing": _AS_TRACING.get(use.trace.mode, use.trace.mode),
        "video": _AS_TRACING.get(use.video.mode, use.video.mode),
        "screenshot": use.screenshot.mode,
        "full_page_screenshot": use.screenshot.full_page,
        "output": str(project.output_dir),
        "base_url": use.base_url,
    }
    for name, value in defaults.items():
        if name not in config.stash.get(GIVEN, frozenset()):
            setattr(option, name, value)
