"""Header fields (RFC 5322), encoded words (RFC 2047) and parameters (RFC 2231), read leniently in linear time."""

import binascii
import re
from collections.abc import Iterable
from urllib.parse import unquote_to_bytes

from inboxwright.mail.mime.charsets import decode

Fields = list[tuple[str, bytes]]

_FIELD = re.compile(rb"([!-9;-~]{1,200})[ \t]*:")
_WORD = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?]*)\?=")
_PARAMETER = re.compile(r';\s*([^=;\s"]{1,80})\s*=\s*("(?:[^"\\]|\\.)*"|[^;]*)', re.DOTALL)
_ANGLE = re.compile(r"<([^<>]*)>")
_BARE_ADDRESS = re.compile(r"[^\s<>,;:\"()]+@[^\s<>,;:\"()]+")
_LONGEST_VALUE = 64_000  # far beyond any real field; keeps hostile ones cheap


def split(raw: bytes, start: int, end: int) -> tuple[Fields, int]:
    """Return the fields and where the body starts. A line that is no field ends the header, as clients do."""
    fields: Fields = []
    position = start
    if raw.startswith((b"From ", b">From "), start):  # an mbox separator
        position = _next_line(raw, position, end)
    while position < end:
        line_end = _next_line(raw, position, end)
        first = raw[position : position + 1]
        if first in b"\r\n" and not raw[position:line_end].strip(b"\r\n"):
            return fields, line_end
        if first in b" \t":
            if not fields:
                return fields, position
            name, value = fields[-1]
            # Joined in pieces of one field only: quadratic in its length, so that is bounded.
            if len(value) < _LONGEST_VALUE:
                fields[-1] = (name, value + raw[position:line_end])
        else:
            match = _FIELD.match(raw, position, line_end)
            if match is None:
                return fields, position
            fields.append((match[1].decode("ascii").lower(), raw[match.end() : line_end]))
        position = line_end
    return fields, end


def _next_line(raw: bytes, position: int, end: int) -> int:
    newline = raw.find(b"\n", position, end)
    return end if newline < 0 else newline + 1


def first(fields: Fields, name: str) -> str:
    """The unfolded, undecoded value of the first field of this name, or the empty string."""
    for key, value in fields:
        if key == name:
            return unfold(value)
    return ""


def unfold(value: bytes) -> str:
    """Take the line breaks out (RFC 5322 section 2.2.3); 8-bit bytes are UTF-8 (RFC 6532) or a guess."""
    text = decode(value[:_LONGEST_VALUE], None)
    return text.replace("\r", "").replace("\n", "").replace("\t", " ").strip()


def message_ids(values: Iterable[str]) -> tuple[str, ...]:
    """What stands in angle brackets; a value without any is taken word by word, as some senders leave them out."""
    found: list[str] = []
    for value in values:
        found += [inner.strip() for inner in _ANGLE.findall(value)] or value.split()
    return tuple(found)


def words(value: str) -> str:
    """Decode encoded words; white space between two of them is not shown (RFC 2047 section 6.2)."""
    if "=?" not in value:
        return value
    out: list[str] = []
    pending, pending_charset, position = b"", "", 0
    for match in _WORD.finditer(value):
        between = value[position : match.start()]
        charset = match[1].partition("*")[0].lower()  # RFC 2231 section 5: a language may follow
        data = _word_bytes(match[2], match[3])
        glued = position > 0 and not between.strip()
        if not (glued and charset == pending_charset):
            out.append(decode(pending, pending_charset))
            pending = b""
            if not glued:
                out.append(between)
        # One character may be split over two words: their bytes are joined before decoding.
        pending, pending_charset = pending + data, charset
        position = match.end()
    out += decode(pending, pending_charset), value[position:]
    return "".join(out)


def _word_bytes(encoding: str, text: str) -> bytes:
    data = text.encode("utf-8", "replace")
    if encoding in "qQ":
        return binascii.a2b_qp(data.replace(b" ", b"_"), header=True)
    return base64_bytes(data)


def base64_bytes(data: bytes) -> bytes:
    """Decode base64 with whatever is wrong in it left out."""
    try:
        return binascii.a2b_base64(data)
    except binascii.Error:
        clean = re.sub(rb"[^A-Za-z0-9+/]", b"", data)
        return binascii.a2b_base64(clean[: len(clean) // 4 * 4] + _tail(clean))


def _tail(clean: bytes) -> bytes:
    rest = clean[len(clean) // 4 * 4 :]
    return rest + b"=" * (4 - len(rest)) if len(rest) > 1 else b""


def parameters(value: str) -> tuple[str, dict[str, str]]:
    """Split "text/html; charset=x" into its value, lower case, and its parameters, continuations joined."""
    value = value[:8000]
    main = value.partition(";")[0].strip().lower()
    pieces: dict[str, list[tuple[int, bool, str]]] = {}
    for key, raw in _PARAMETER.findall(value):
        text = re.sub(r"\\(.)", r"\1", raw[1:-1], flags=re.DOTALL) if raw.startswith('"') else raw
        name, _, section = key.lower().partition("*")
        number = section.rstrip("*")
        order = int(number) if number.isascii() and number.isdigit() else 0
        pieces.setdefault(name, []).append((order, key.endswith("*"), text.strip()))
    return main, {name: _join(sections) for name, sections in pieces.items()}


def _join(sections: list[tuple[int, bool, str]]) -> str:
    sections.sort(key=lambda section: section[0])
    charset, data = "", b""
    if not any(extended for _, extended, _ in sections):
        return words("".join(text for _, _, text in sections))
    for index, (_, extended, piece) in enumerate(sections):
        text = piece
        if extended and index == 0 and piece.count("'") >= 2:
            charset, _, text = piece.split("'", 2)
        data += unquote_to_bytes(text) if extended else text.encode("utf-8", "replace")
    return decode(data, charset or None)


def address(value: str) -> str:
    """The one address in "Name <local@host>", its host in lower case; empty when there is none.

    The angle brackets win: in `a@b via List <n@c>` the address is n@c (RFC 5322 section 3.4).
    """
    value = re.sub(r'"(?:[^"\\]|\\.)*"(?!@)', " ", value[:8000])
    angled = [inner.strip() for inner in _ANGLE.findall(value) if "@" in inner]
    found = angled[-1:] or _BARE_ADDRESS.findall(value)[:1]
    if not found:
        return ""
    local, _, host = found[0].rpartition("@")
    return f"{local}@{host.lower()}"
