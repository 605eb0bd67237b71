"""Bytes to text as mail clients do it: the declared charset if it can be true, else the likely one."""

import codecs
from functools import lru_cache

# What senders mean by these names (the Encoding Standard's labels): the declared set is a subset of it.
_ALIASES = {
    "us-ascii": "cp1252",
    "ascii": "cp1252",
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "iso-8859-8-i": "iso-8859-8",
    "iso-8859-9": "cp1254",
    "iso-8859-11": "cp874",
    "tis-620": "cp874",
    "windows-874": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
    "shift_jis": "cp932",
    "x-sjis": "cp932",
    "sjis": "cp932",
    "utf8mb4": "utf-8",
    "unicode-1-1-utf-8": "utf-8",
}
# Codecs of Python's own that are no charsets; punycode is also quadratic.
_NO_CHARSETS = {
    "punycode",
    "idna",
    "unicode-escape",
    "raw-unicode-escape",
    "undefined",
    "mbcs",
    "oem",
    "unicode_escape",
}
_SINGLE_BYTE = {"cp1252", "utf-8"}


@lru_cache(maxsize=64)
def known(charset: str) -> str | None:
    """Python's name for a charset as mail declares it, or None."""
    name = charset.strip().strip("\"'").lower()
    name = _ALIASES.get(name, name)
    try:
        found = codecs.lookup(name)
    except (LookupError, ValueError, UnicodeError):
        return None
    text_codec = getattr(found, "_is_text_encoding", True)
    return None if not text_codec or found.name.replace("_", "-") in _NO_CHARSETS else found.name


def decode(data: bytes, charset: str | None) -> str:
    """Decode without ever failing. An unknown, absent or impossible charset is guessed: UTF-8, then Windows-1252."""
    if data.isascii() and (charset is None or charset.lower() in {"utf-8", "us-ascii"}):
        return data.decode("ascii")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    name = known(charset) if charset else None
    if name is None or name in _SINGLE_BYTE:
        # Valid multi-byte UTF-8 is never an accident of a Latin charset.
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError:
            return data.decode("cp1252" if name is None or _latin(data) else name, "replace")
    try:
        text = data.decode(name, "replace")
    except (UnicodeError, ValueError):
        return data.decode("utf-8", "replace")
    if name == "utf-7":  # it can spell half a character (a lone surrogate), which nothing can be written with
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def _latin(data: bytes) -> bool:
    """Whether data declared as UTF-8 is rather Windows-1252: most of its 8-bit bytes are not UTF-8."""
    high = sum(byte > 0x7F for byte in data[:10_000])
    bad = data[:10_000].decode("utf-8", "replace").count("\ufffd")
    return bad * 2 > high
