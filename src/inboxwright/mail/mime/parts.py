"""MIME structure (RFC 2045 to 2049, 2183, 2387, 3676) in linear time, and what of it is the body a person sees."""

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from inboxwright.mail.mime import headers
from inboxwright.mail.mime.charsets import decode
from inboxwright.mail.values import Attachment

_DEEPEST = 30  # more nesting than any sender makes; keeps hostile structures cheap
_MOST_PARTS = 2000
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w:.\-]{2,40})", re.IGNORECASE)
_LOOSE_SOFT_BREAK = re.compile(rb"=[ \t]{1,80}(?=\r?\n)")
# Alternatives that mail clients show in place of, or beside, the HTML: never what a test wants to read.
_OTHER_ALTERNATIVES = {
    "text/x-amp-html",
    "text/calendar",
    "text/watch-html",
    "text/enriched",
    "text/richtext",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One leaf of the MIME tree."""

    raw: bytes = field(repr=False)
    fields: headers.Fields = field(repr=False)
    start: int
    end: int
    content_type: str
    params: dict[str, str]
    disposition: str
    name: str

    def content(self) -> bytes:
        """The decoded bytes (RFC 2045 section 6)."""
        data = self.raw[self.start : self.end]
        encoding = headers.first(self.fields, "content-transfer-encoding").strip("\"' ;").lower()
        if encoding == "base64":
            return headers.base64_bytes(data)
        if encoding == "quoted-printable":
            if b"= " in data or b"=\t" in data:  # white space added in transport (rule 3 of section 6.7)
                data = _LOOSE_SOFT_BREAK.sub(b"=", data)
            return binascii.a2b_qp(data)
        if encoding in {"x-uuencode", "uuencode", "x-uue"}:
            return _uudecode(data)
        return data

    def text(self) -> str:
        """The decoded characters with line ends as "\\n" and flowed lines joined (RFC 3676)."""
        data = self.content()
        charset = self.params.get("charset")
        if self.content_type == "text/html" and charset is None:
            meta = _META_CHARSET.search(data, 0, 2048)
            charset = meta[1].decode("ascii", "replace") if meta else None
        text = decode(data, charset).replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
        if self.params.get("format", "").lower() == "flowed" and self.content_type == "text/plain":
            return _unflow(text, delsp=self.params.get("delsp", "").lower() == "yes")
        return text


@dataclass(frozen=True, slots=True, kw_only=True)
class Bodies:
    """What is shown, and what is attached."""

    text: str
    html: str
    attachments: tuple[Attachment, ...]
    content_types: tuple[str, ...]
    """Of all leaves, also of those that are neither shown nor attached."""


def bodies(raw: bytes, fields: headers.Fields, start: int) -> Bodies:
    """Pick the shown text and HTML and the attachments; encapsulated messages count as attachments."""
    texts: list[str] = []
    htmls: list[str] = []
    attachments: list[Attachment] = []
    types: list[str] = []
    for part in leaves(raw, fields, start, len(raw)):
        types.append(part.content_type)
        into = {"text/plain": texts, "text/html": htmls}.get(part.content_type)
        # A named text after the first is a file, also when it says "inline".
        if into is not None and part.disposition != "attachment" and not (part.name and into):
            into.append(part.text())
        elif part.content_type not in _OTHER_ALTERNATIVES or part.disposition == "attachment" or part.name:
            attachments.append(_attachment(part))
    return Bodies(
        text="\n".join(texts), html="\n".join(htmls), attachments=tuple(attachments), content_types=tuple(types)
    )


def _attachment(part: Part) -> Attachment:
    return Attachment(
        name=part.name.replace("\\", "/").rpartition("/")[2],
        content_type=part.content_type,
        content=part.content(),
        content_id=headers.first(part.fields, "content-id").strip("<> ") or None,
        inline=part.disposition == "inline" or (not part.disposition and part.content_type.startswith("image/")),
    )


def leaves(raw: bytes, fields: headers.Fields, start: int, end: int) -> Iterator[Part]:
    """Walk the tree in document order without recursion (nesting is the sender's choice)."""
    stack = [(fields, start, end, "text/plain", 0)]
    seen = 0
    while stack:
        fields, start, end, default, depth = stack.pop()
        content_type, params = headers.parameters(headers.first(fields, "content-type"))
        if "/" not in content_type:
            content_type = default  # RFC 2045 section 5.2
        if content_type.startswith("multipart/") and params.get("boundary") and depth < _DEEPEST:
            child = "message/rfc822" if content_type == "multipart/digest" else "text/plain"
            children = []
            for child_start, child_end in _split(raw, start, end, params["boundary"]):
                seen += 1
                if seen > _MOST_PARTS:
                    break
                inner, body = headers.split(raw, child_start, child_end)
                children.append((inner, body, child_end, child, depth + 1))
            if children:
                stack += reversed(children)
                continue
            content_type = "text/plain"  # the boundary never occurs: clients show the text as it is
        elif content_type.startswith("multipart/"):
            content_type = "text/plain"
        disposition, more = headers.parameters(headers.first(fields, "content-disposition"))
        name = more.get("filename") or params.get("name") or ""
        yield Part(
            raw=raw, fields=fields, start=start, end=end, content_type=content_type, params=params,
            disposition=disposition, name=name,
        )  # fmt: skip


def _split(raw: bytes, start: int, end: int, boundary: str) -> list[tuple[int, int]]:
    """The spans between the delimiter lines of RFC 2046 section 5.1.1; a missing last one is forgiven."""
    mark = b"--" + boundary.encode("utf-8", "replace")
    spans: list[tuple[int, int]] = []
    open_at, position = -1, start
    while len(spans) <= _MOST_PARTS:
        found = raw.find(mark, position, end)
        if found < 0:
            break
        position = found + len(mark)
        if found > start and raw[found - 1 : found] not in {b"\n", b"\r"}:
            continue
        closing = raw.startswith(b"--", position)
        newline = raw.find(b"\n", position, min(end, position + 1000))
        line_end = end if newline < 0 else newline + 1
        if raw[position + 2 * closing : line_end].strip():
            continue  # a longer boundary that begins the same
        if open_at >= 0:
            spans.append((open_at, _without_line_end(raw, open_at, found)))
        open_at = -1 if closing else line_end
        if closing:
            break
        position = line_end
    if open_at >= 0:
        spans.append((min(open_at, end), end))
    return spans


def _without_line_end(raw: bytes, start: int, end: int) -> int:
    """The line end before a delimiter belongs to the delimiter."""
    if end > start and raw[end - 1 : end] == b"\n":
        end -= 1
        if end > start and raw[end - 1 : end] == b"\r":
            end -= 1
    return max(start, end)


def _unflow(text: str, *, delsp: bool) -> str:
    """Join flowed lines of the same quote depth (RFC 3676 section 4)."""
    out: list[str] = []
    paragraph: list[str] = []
    depth = 0
    for line in text.split("\n"):
        content = line.lstrip(">")
        quotes = len(line) - len(content)
        content = content.removeprefix(" ")  # space-stuffing
        if paragraph and quotes != depth:
            out.append(_quoted(depth, paragraph))
            paragraph = []
        depth = quotes
        flowed = content.endswith(" ") and content != "-- "
        paragraph.append(content[:-1] if flowed and delsp else content)
        if not flowed:
            out.append(_quoted(depth, paragraph))
            paragraph = []
    if paragraph:
        out.append(_quoted(depth, paragraph))
    return "\n".join(out)


def _quoted(depth: int, paragraph: list[str]) -> str:
    return f"{'>' * depth} {''.join(paragraph)}" if depth else "".join(paragraph)


def _uudecode(data: bytes) -> bytes:
    out: list[bytes] = []
    for line in data.splitlines():
        if line.startswith((b"begin ", b"end")) or not line.strip():
            continue
        try:
            out.append(binascii.a2b_uu(line))
        except binascii.Error:
            continue
    return b"".join(out)
