"""The table of providers and their options; it stands in config/providers.py, which must not import from here."""

from inboxwright.config.providers import PROVIDERS, Option, OptionKind, ProviderEntry

__all__ = ["PROVIDERS", "Option", "OptionKind", "ProviderEntry"]
