"""Trying again, by stamina, without its bare event name on standard error where no log is kept."""

import logging

from stamina import retry, retry_context

__all__ = ["retry", "retry_context"]

logging.getLogger("stamina").addHandler(logging.NullHandler())
