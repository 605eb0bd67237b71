"""playwright.config.json: find it, read it, and settle every value of the chosen project."""

from inboxwright.config._describe import Setting, describe
from inboxwright.config._inbox import InboxSettings
from inboxwright.config._loading import FILE_NAME, Override, find, load, tests_of
from inboxwright.config._origin import Layer, Origin
from inboxwright.config._ports import free_ports_needed, with_port
from inboxwright.config._project import Expect, Project
from inboxwright.config._run_variables import with_run_variables
from inboxwright.config._sensitive import secrets_in
from inboxwright.config._use import (
    ConnectOptions,
    Geolocation,
    HttpCredentials,
    LaunchOptions,
    Proxy,
    Screenshot,
    Size,
    Trace,
    Use,
    Video,
)
from inboxwright.config._values import FrozenMap, Secret
from inboxwright.config._web_server import WebServer

__all__ = [
    "FILE_NAME",
    "ConnectOptions",
    "Expect",
    "FrozenMap",
    "Geolocation",
    "HttpCredentials",
    "InboxSettings",
    "LaunchOptions",
    "Layer",
    "Origin",
    "Override",
    "Project",
    "Proxy",
    "Screenshot",
    "Secret",
    "Setting",
    "Size",
    "Trace",
    "Use",
    "Video",
    "WebServer",
    "describe",
    "find",
    "free_ports_needed",
    "load",
    "secrets_in",
    "tests_of",
    "with_port",
    "with_run_variables",
]
