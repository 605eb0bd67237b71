"""Put together again what a sender laid out as one element a character: the boxes of a one-time code."""

from dataclasses import replace

from inboxwright.mail.body.document import Document, Line

_JOINTS = "-\u2010\u2011\u2012\u2013\u2014\u00b7\u2022"


def join_cells(document: Document) -> None:
    """Merge runs of lines that hold a single character each, and of two or three cells of equally many digits."""
    lines = document.lines
    if not any(len(line.text) <= 4 for line in lines):
        return
    out: list[Line] = []
    moved: dict[int, int] = {}
    index = 0
    while index < len(lines):
        end = _run(lines, index)
        moved.update(dict.fromkeys(range(index, end), len(out)))
        out.append(_merged(lines[index:end]) if end > index + 1 else lines[index])
        index = end
    document.lines[:] = out
    for anchor in document.anchors:
        anchor.line = moved.get(anchor.line, anchor.line)


def _run(lines: list[Line], start: int) -> int:
    """The end of the run of lines that belong together, or start + 1."""
    end = start
    while end < len(lines) and end - start < 24 and _single(lines[end].text) and not lines[end].anchors:
        end += 1
    characters = sum(line.text.isalnum() for line in lines[start:end])
    if 4 <= characters <= 10 and lines[start].text.isalnum():
        while not lines[end - 1].text.isalnum():
            end -= 1
        return end
    size = len(lines[start].text)
    end = start
    while (
        end < min(len(lines), start + 5)
        and lines[end].cell
        and lines[end].text.isdigit()
        and len(lines[end].text) == size
    ):
        end += 1
    return end if 2 <= end - start <= 3 and 2 <= size <= 4 and size * (end - start) >= 6 else start + 1


def _single(text: str) -> bool:
    return len(text) == 1 and (text.isalnum() or text in _JOINTS)


def _merged(lines: list[Line]) -> Line:
    glue = "" if len(lines[0].text) == 1 else " "
    text = glue.join(line.text for line in lines)
    return replace(lines[0], text=text, isolated=((0, len(text)),), anchors=())
