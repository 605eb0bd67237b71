"""Search an output for a recorded secret, however it is written."""

import base64
import html
import json
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from urllib.parse import quote, quote_plus

from inboxwright.errors import InboxwrightError
from inboxwright.record.timeline import Value

_LONG, _LONGEST = 16, 400
_SHORT = 12
"""A value up to this length is searched as a word: its letters may well occur inside others."""


class SecretLeft(InboxwrightError):
    """A recorded secret would have been written; nothing was. The message says where, not what."""


def find(texts: Mapping[str, str | bytes], values: Mapping[str, Value]) -> list[str]:
    """Where a secret survives, as "file:line: name" (the value itself is never shown)."""
    secrets = [(name, value.value) for name, value in values.items() if value.secret]
    patterns = [(name, pattern) for name, value in secrets for pattern in (*_patterns(value), *_parts(name, value))]
    found: list[str] = []
    for place, content in _unpacked(texts):
        for name, pattern in patterns:
            match = pattern.search(content)
            if match:
                line = content.count(b"\n", 0, match.start()) + 1
                found.append(f"{place}:{line}: {name}")
    return sorted(set(found))


def refuse(texts: Mapping[str, str | bytes], values: Mapping[str, Value]) -> None:
    """Raise SecretLeft if a secret survives anywhere in what is about to be written."""
    if found := find(texts, values):
        raise SecretLeft(
            "nothing was written: recorded secrets would have stayed in the output, at "
            + "; ".join(found)
            + ". Record again without typing them as they are, or report the timeline's step"
        )


def _unpacked(texts: Mapping[str, str | bytes]) -> Iterator[tuple[str, bytes]]:
    for name, content in texts.items():
        data = content.encode() if isinstance(content, str) else content
        yield name, data
        if data[:2] == b"PK" and zipfile.is_zipfile(BytesIO(data)):
            with zipfile.ZipFile(BytesIO(data)) as archive:
                for entry in archive.namelist():
                    yield f"{name}!{entry}", archive.read(entry)


def _patterns(value: str) -> Iterable[re.Pattern[bytes]]:
    if len(value) < 4:
        return
    written = {
        value,
        quote(value, safe=""),
        quote(value),
        quote_plus(value),
        quote(value, safe="").lower(),
        html.escape(value),
        json.dumps(value)[1:-1],
        repr(value)[1:-1],
        value.replace("-", ""),
        value.replace(" ", ""),
    }
    for text in written:
        if len(text) < 4:
            continue
        pattern = re.escape(text.encode())
        if len(text) <= _SHORT:
            pattern = rb"(?<![0-9A-Za-z])" + pattern + rb"(?![0-9A-Za-z])"
        yield re.compile(pattern, re.IGNORECASE)
    if len(value) >= 6:
        yield from (re.compile(re.escape(text)) for text in _base64(value.encode()))


def _parts(name: str, value: str) -> Iterator[re.Pattern[bytes]]:
    """Half of a long secret is found too: a locator may hold the first words of a text. A link is mostly no secret."""
    if not _LONG <= len(value) <= _LONGEST or ".link" in name:
        return
    width = max(10, -(-len(value) // 2))
    windows = {value[at : at + width] for at in range(len(value) - width + 1)}
    yield re.compile(b"|".join(re.escape(window.encode()) for window in sorted(windows)))


def _base64(value: bytes) -> Iterator[bytes]:
    """What of the value stays the same in base64 whatever stands before and after it: three alignments."""
    for shift in range(3):
        encoded = base64.b64encode(b"\0" * shift + value)
        start = -(-shift * 8 // 6)
        end = (shift + len(value)) * 8 // 6
        kept = encoded[start:end]
        if len(kept) >= 6:
            yield kept
            yield kept.replace(b"+", b"-").replace(b"/", b"_")
