"""A plain text body as a person sees it: lines, and the URLs on them that a mail client makes clickable."""

import re

from inboxwright.mail.body import sections
from inboxwright.mail.body.characters import clean
from inboxwright.mail.body.document import Anchor, Document, Line, Prominence

# Scripts written without spaces run on after a URL; their letters and punctuation end it.
_FOREIGN = (
    "\u0e00-\u0e7f\u0600-\u06ff\u3000-\u30ff\u31f0-\u31ff\u3400-\u9fff\uac00-\ud7af\uff00-\uffef"
    "\u201c\u201d\u2018\u2019\u00ab\u00bb\u2026"
)
URL = re.compile(rf"https?://(?:(?!\]\()[^\s<>\"`{_FOREIGN}]){{1,8000}}", re.IGNORECASE)
_TRAILING = ".,;:!?'*\u2019\u2026"
_CLOSING = {")": "(", "]": "[", "}": "{"}
_CONTINUES = re.compile(r"[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]+")
_WINDOW = 400  # characters around a URL that can introduce it
_WRAP_COLUMN = 60  # shorter lines are not wrapped by a program
_LABEL_EDGES = " \t:\uff1a-\u2013\u2014>\u00bb\u2192|*_#<([=.\u3001"


def build(text: str) -> Document:
    """Read one text body. Linear in its size; never raises."""
    document = Document(part="text")
    raw = [clean(line).rstrip() for line in text.split("\n")]
    gap = False
    previous = ""
    index = 0
    signature: int | None = None
    while index < len(raw):
        line = raw[index].strip(" \t\u00a0\u3000")
        if line == "--" and signature is None:
            signature = len(document.lines)
        joined = 0
        if "://" in line:
            line, joined, doubt = _join_wrapped(line, raw, index)
        else:
            doubt = False
        index += 1 + joined
        if not line.strip("-=_*~#|+ \u2500\u2501\u2014\u2013\u00b7\u2022"):
            gap = True  # blank, or a ruler
            continue
        quoted = line.startswith(">")
        document.lines.append(Line(text=" ".join(line.split()), gap=gap, quoted=quoted))
        if "://" in line:
            _anchors(document, document.lines[-1].text, previous, doubt=doubt)
        gap = False
        previous = document.lines[-1].text
    sections.mark(document, signature=signature)
    return document


def _join_wrapped(line: str, raw: list[str], index: int) -> tuple[str, int, bool]:
    """Undo hard wrapping within a URL: the joined line, how many lines it took, and whether it may still be cut."""
    taken = 0
    while index + taken + 1 < len(raw) and taken < 50:
        last = _last_url(line)
        if last is None or last.end() != len(line):
            break
        following = raw[index + taken + 1].strip()
        opener = line[last.start() - 1 : last.start()]
        if _enclosed(opener, last[0], following):
            line += following
        elif (
            len(raw[index + taken].rstrip()) >= _WRAP_COLUMN
            and trimmed(last[0]) == last[0]
            and any(char.isalnum() for char in following)
            and _CONTINUES.fullmatch(following)
        ):
            if not _surely_continues(last[0], following):
                return line, taken, True
            line += following
        else:
            break
        taken += 1
    return line, taken, False


def _enclosed(opener: str, url: str, following: str) -> bool:
    """Whether brackets around the URL say that it goes on (RFC 3986 appendix C)."""
    if opener == "<":
        rest = following.partition(">")[0]
        return bool(rest or ">" in following) and (not rest or _CONTINUES.fullmatch(rest) is not None)
    return opener == "(" and ")" not in url and re.match(r"[^\s()]+\)", following) is not None


def _last_url(line: str) -> re.Match[str] | None:
    start = max(line.rfind("http://"), line.rfind("https://"))
    return URL.match(line, start) if start >= 0 else None


def _surely_continues(url: str, following: str) -> bool:
    """Whether the next line can only be the rest of a URL: no word, no other URL, no code of its own."""
    if "://" in following or url.endswith(tuple(".,;:!?")):
        return False
    if url[-1] in "=&?/-%_" and len(following) >= 3:
        return not following.isalpha() or url[-1] in "=&?%"
    return len(following) > 12 and any(char.isdigit() for char in following) and bool(re.search("[A-Za-z]", following))


def _anchors(document: Document, line: str, previous: str, *, doubt: bool) -> None:
    spans: list[tuple[int, int, int]] = []
    position = 0
    for match in URL.finditer(line):
        url = trimmed(match[0])
        end = match.start() + len(url)
        before = line[max(position, match.start() - _WINDOW) : match.start()].rstrip(_LABEL_EDGES)
        after = line[end : end + _WINDOW].strip(" .,;:!?)>]*|")
        alone = not before.strip(_LABEL_EDGES) and not after
        label = previous if alone else before.lstrip(" [(*")
        if before.endswith("]"):  # "[words](URL)", as HTML turned to Markdown has it
            label = before.rpartition("[")[2].rstrip("]")
        spans.append((match.start(), end, len(document.anchors)))
        document.anchors.append(
            Anchor(
                part="text", url=url, line=len(document.lines) - 1,
                text=label.strip(_LABEL_EDGES + "]*_").strip()[-400:],
                quoted=document.lines[-1].quoted, shows_url=True,
                prominence=Prominence.ALONE if alone else Prominence.INLINE,
                suspect="it may be cut by a line wrap" if doubt and match.end() == len(line) else None,
            )
        )  # fmt: skip
        position = end
    document.lines[-1].anchors = tuple(spans)


def trimmed(url: str) -> str:
    """Without the punctuation that belongs to the sentence around it."""
    surplus = {closing: url.count(closing) - url.count(opening) for closing, opening in _CLOSING.items()}
    end = len(url)
    while end:
        last = url[end - 1]
        if surplus.get(last, 0) > 0:
            surplus[last] -= 1
        elif last not in _TRAILING:
            break
        end -= 1
    return url[:end]
