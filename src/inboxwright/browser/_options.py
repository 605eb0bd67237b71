"""`use` of playwright.config.json as keyword arguments of Playwright's own methods."""

import dataclasses
from collections.abc import Mapping
from typing import Any

from inboxwright.config import Use

_CONTEXT = (
    "accept_downloads", "bypass_csp", "color_scheme", "device_scale_factor", "extra_http_headers", "geolocation",
    "has_touch", "http_credentials", "ignore_https_errors", "is_mobile", "java_script_enabled", "locale", "offline",
    "permissions", "proxy", "service_workers", "storage_state", "timezone_id", "user_agent",
)  # fmt: skip


def context_options(use: Use) -> dict[str, Any]:
    """For `browser.new_context`; what is not set is left to Playwright's own default."""
    size = {"no_viewport": True} if use.viewport is None else {"viewport": _plain(use.viewport)}
    values = {name: _plain(getattr(use, name)) for name in _CONTEXT}
    return size | {name: value for name, value in values.items() if value not in (None, {}, [])}


def launch_options(use: Use) -> dict[str, Any]:
    """For `browser_type.launch`."""
    launch = {
        field.name: _plain(getattr(use.launch_options, field.name)) for field in dataclasses.fields(use.launch_options)
    }
    return {name: value for name, value in launch.items() if value not in (None, {}, [])}


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value):
        values = {field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
        return {name: held for name, held in values.items() if held is not None}
    if isinstance(value, Mapping):
        return dict(value)
    return list(value) if isinstance(value, tuple) else value
