"""Hosted services: stubs of their wire formats, and the vendors' own clients that say whether the stubs are right."""
