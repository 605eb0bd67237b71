"""DKIM keys from the DNS, for `message.authentication`: asked only when that is read and a signature is there."""

from importlib import import_module


def txt_record(name: bytes, timeout: float = 5) -> bytes | None:
    """The TXT record (RFC 6376 section 3.6.2) within `timeout` seconds, or None if there is none."""
    record: bytes | None = import_module("dkim.dnsplug").get_txt(name, timeout)  # dkimpy is slow to import
    return record
