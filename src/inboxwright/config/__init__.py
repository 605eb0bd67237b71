"""playwright.config.json: find it, read it, and settle every value of the chosen project."""

from inboxwright.config._at_run_time import free_ports_needed, wants_variable, with_port, with_run_variables
from inboxwright.config._describe import Setting, describe
from inboxwright.config._kinds import FrozenMap
from inboxwright.config._kinds_special import host_and_port
from inboxwright.config._loading import FILE_NAME, Override, find, load, tests_of
from inboxwright.config._project import Account, Expect, InboxSettings, Project
from inboxwright.config._provider_options import (
    PROVIDERS,
    EmbeddedOptions,
    ImapOptions,
    InbucketOptions,
    MaildevOptions,
    MailosaurOptions,
    MailpitOptions,
    MailslurpOptions,
    NylasOptions,
    ProviderOptions,
    S3Options,
    TestmailOptions,
    VaultsandboxOptions,
    provider_options,
)
from inboxwright.config._reading import KeyPath, Layer, Origin
from inboxwright.config._secret_values import secret_values, spellings
from inboxwright.config._secrets import Secret, secrets_in
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
    WebServer,
)

__all__ = [
    "FILE_NAME",
    "PROVIDERS",
    "Account",
    "ConnectOptions",
    "EmbeddedOptions",
    "Expect",
    "FrozenMap",
    "Geolocation",
    "HttpCredentials",
    "ImapOptions",
    "InboxSettings",
    "InbucketOptions",
    "KeyPath",
    "LaunchOptions",
    "Layer",
    "MaildevOptions",
    "MailosaurOptions",
    "MailpitOptions",
    "MailslurpOptions",
    "NylasOptions",
    "Origin",
    "Override",
    "Project",
    "ProviderOptions",
    "Proxy",
    "S3Options",
    "Screenshot",
    "Secret",
    "Setting",
    "Size",
    "TestmailOptions",
    "Trace",
    "Use",
    "VaultsandboxOptions",
    "Video",
    "WebServer",
    "describe",
    "find",
    "free_ports_needed",
    "host_and_port",
    "load",
    "provider_options",
    "secret_values",
    "secrets_in",
    "spellings",
    "tests_of",
    "wants_variable",
    "with_port",
    "with_run_variables",
]
