"""Find the parts of a body that are not the message itself: older mail below a reply, and the footer."""

import re

from inboxwright.mail.body.document import Document

_ADDRESS = re.compile(r"[\w.+\-]{1,64}@[\w\-]{1,63}\.[\w.\-]{2,100}")
_SEPARATOR = re.compile(r"[-_=*]{3,}.{0,80}?[-_=*]{3,}|_{10,}")
_FIELD = re.compile(r"[*>\s]{0,4}[^\s:\uff1a][^:\uff1a]{0,30}[:\uff1a](?!//)")
_COPYRIGHT = re.compile(r"\u00a9|\(c\)\s?(?:19|20)\d\d", re.IGNORECASE)
_MOMENT = re.compile(
    r"\b(?:19|20)\d\d\b.*\d{1,2}[:.]\d\d|\d{1,2}[:.]\d\d.*\b(?:19|20)\d\d\b|[^:]{3,20}[:\uff1a].*[ ,./-](?:19|20)\d\d\b"
)
_SIGNATURE = "--"


def mark(document: Document, *, signature: int | None = None) -> None:
    """Flag quoted and footer lines, and the links that stand on them.

    signature: the line of a text body at which "-- " stood (RFC 3676 section 4.3).
    """
    lines = document.lines
    quoted_from = _older_mail(document)
    footer_from = len(lines) if signature is None else signature
    # The last third only: a copyright sign in a heading is no footer.
    for index in range(max(1, len(lines) // 2), min(len(lines), footer_from)):
        if _COPYRIGHT.search(lines[index].text[:300]):
            footer_from = _paragraph_start(document, index)
            break
    for index, line in enumerate(lines):
        line.quoted = line.quoted or index >= quoted_from
        line.footer = line.footer or index >= footer_from
    for anchor in document.anchors:
        if anchor.line < len(lines):
            anchor.quoted = anchor.quoted or lines[anchor.line].quoted
            anchor.footer = anchor.footer or lines[anchor.line].footer


def _paragraph_start(document: Document, index: int) -> int:
    while index > 1 and not document.lines[index].gap:
        index -= 1
    return index


def _older_mail(document: Document) -> int:
    """The line at which a reply's or forward's older mail begins, or the number of lines."""
    lines = document.lines
    fields = [bool(_FIELD.match(line.text, 0, 60)) for line in lines]
    for index, line in enumerate(lines):
        text = line.text[:300]
        if text.endswith((":", "\uff1a")) and index + 1 < len(lines) and lines[index + 1].quoted and "@" in text:
            return index  # "On … Name <address> wrote:" in any language, with quoted lines below
        if sum(fields[index + 1 : index + 7]) < 3 or not (fields[index] or _SEPARATOR.fullmatch(text)):
            continue
        follows = [
            item.text[:300]
            for item, field in zip(lines[index + 1 : index + 7], fields[index + 1 : index + 7], strict=True)
            if field
        ]
        addressed = sum(1 for item in follows if _ADDRESS.search(item))
        if _SEPARATOR.fullmatch(text) and (addressed or _names_a_mail(text, follows)):
            return index  # "---------- Forwarded message ---------" and a header below
        if addressed + bool(_ADDRESS.search(text)) >= 2 and fields[index]:
            return index  # a header without a separator, as Outlook writes it
    return len(lines)


def _names_a_mail(separator: str, fields: list[str]) -> bool:
    """Whether words between rulers stand above the head of a mail whose sender has a name only: one field is a date."""
    return any(char.isalpha() for char in separator) and any(_MOMENT.search(field) for field in fields)
