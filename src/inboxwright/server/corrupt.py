"""Broken MIME on demand, the ways a mail path breaks it."""

import re

_BOUNDARY = re.compile(rb"boundary=\"?([^\";\r\n]+)", re.IGNORECASE)
_ENCODING = re.compile(rb"^(Content-Transfer-Encoding:[ \t]*)([^\r\n]*)", re.IGNORECASE | re.MULTILINE)
_CHARSET = re.compile(rb"(charset=\"?)[^\";\r\n]+", re.IGNORECASE)


def corrupted(raw: bytes, part: str) -> bytes:
    """The message broken in one way.

    boundary: the closing boundaries are lost. encoding: another transfer encoding is announced. charset: an unknown
    one is named. header: the fields end early, at the first one. truncate: the second half is lost.
    """
    return {"boundary": _boundary, "encoding": _encoding, "charset": _charset, "header": _header}.get(part, _truncate)(
        raw
    )


def _boundary(raw: bytes) -> bytes:
    for boundary in _BOUNDARY.findall(raw):
        raw = raw.replace(b"--" + boundary + b"--", b"")
    return raw


def _encoding(raw: bytes) -> bytes:
    broken, times = _ENCODING.subn(
        lambda field: field[1] + (b"quoted-printable" if field[2].lower() == b"base64" else b"base64"), raw
    )
    return broken if times else b"Content-Transfer-Encoding: base64\r\n" + raw


def _charset(raw: bytes) -> bytes:
    broken, times = _CHARSET.subn(rb"\1x-no-such-charset", raw)
    return broken if times else b"Content-Type: text/plain; charset=x-no-such-charset\r\n" + raw


def _header(raw: bytes) -> bytes:
    first, line_break, rest = raw.partition(b"\n")
    return first + line_break + b"no field, no space, no colon\r\n" + rest


def _truncate(raw: bytes) -> bytes:
    return raw[: len(raw) // 2]
