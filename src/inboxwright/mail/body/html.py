"""HTML as a person sees it: one walk over the tree gives the visible lines and every link."""

import re
from dataclasses import replace
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from inboxwright.mail.body import css, sections
from inboxwright.mail.body.document import Document
from inboxwright.mail.body.inherited import Seen, inherit
from inboxwright.mail.body.lines import LineMaker, Mark

_NEVER_SHOWN = frozenset(
    {
        "script", "style", "head", "title", "template", "svg", "math", "object", "select", "textarea", "iframe",
        "audio", "video", "datalist", "canvas", "meta", "link", "base",
    }
)  # fmt: skip
_BLOCKS = frozenset(
    {
        "address", "article", "aside", "blockquote", "body", "button", "center", "dd", "details", "dialog", "div",
        "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "header", "hr", "html", "legend", "li",
        "main", "nav", "ol", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
        "caption", "p", "h1", "h2", "h3", "h4", "h5", "h6",
    }
)  # fmt: skip
_CELLS = frozenset({"td", "th"})
_LINKS = frozenset({"a", "area"})
_SHORT = 20_000
"""Characters up to which no tag has attributes enough to matter."""
_MOST_ATTRIBUTES = 500
_START_TAG = re.compile(r"<[a-zA-Z][^\s/>]*")
_ATTRIBUTE = re.compile(r"""[\s/]*[^\s/>][^\s/>=]*(?:\s*=\s*(?:"[^"]*(?:"|\Z)|'[^']*(?:'|\Z)|[^\s>]*))?""")
_PARAGRAPHS = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "table", "ul", "ol", "hr", "blockquote", "pre"})


def build(html: str) -> Document:
    """Read one HTML body. Linear in its size; never raises."""
    document = Document(part="html")
    if html.strip():
        tree = LexborHTMLParser(_bounded(_capped(html)))
        if tree.root is not None:
            _Walk(document, tree).run(tree.root)
            sections.mark(document)
    return document


class _Walk:
    def __init__(self, document: Document, tree: LexborHTMLParser) -> None:
        self.out = LineMaker(document)
        base = tree.css_first("base[href]")
        self.base = "" if base is None else base.attributes.get("href") or ""
        self.sheet = css.sheet(tree)

    def run(self, root: LexborNode) -> None:
        """Depth first without recursion: nesting is the sender's choice."""
        stack: list[_Open] = []
        node: LexborNode | None = root
        seen, anchor = Seen(), -1
        while True:
            while node is not None:
                tag = node.tag or ""
                if tag == "-text":
                    self.out.add(node.text_content or "", seen, anchor)
                elif tag and tag[0] not in "-!" and tag not in _NEVER_SHOWN:
                    opened = self._enter(node, tag, seen, anchor)
                    child = node.first_child
                    if child is None:
                        self._leave(opened)
                    else:
                        stack.append(opened)
                        node, seen, anchor = child, opened.seen, opened.anchor
                        continue
                node = node.next
            if not stack:
                break
            opened = stack.pop()
            self._leave(opened)
            node, seen, anchor = opened.node.next, opened.outer, opened.outer_anchor
        self.out.finish()

    def _enter(self, node: LexborNode, tag: str, seen: Seen, anchor: int) -> "_Open":
        if tag == "br":
            self.out.line_break()
        elif tag in _BLOCKS:
            self.out.block(gap=tag in _PARAGRAPHS, cell=tag in _CELLS)
        attributes = node.attributes
        inner, filled, button = inherit(seen, tag, attributes, self.sheet.rules)
        if self.sheet.hidden and inner.hidden is None and node.mem_id in self.sheet.hidden:
            inner = replace(inner, hidden=self.sheet.hidden[node.mem_id])
        inside = anchor
        if tag == "img":
            self.out.image(attributes.get("alt") or "", inner, anchor)
        elif tag in _LINKS and attributes.get("href") is not None:
            label = attributes.get("aria-label") or attributes.get("title") or attributes.get("alt") or ""
            inside = self.out.open_anchor(attributes["href"] or "", self.base, label, inner, area=tag == "area")
        return _Open(node, tag, seen, anchor, inner, inside, filled, button, self.out.mark())

    def _leave(self, opened: "_Open") -> None:
        tag = opened.tag
        if tag in _BLOCKS:
            if opened.filled:
                self.out.filled_cell(opened.mark)
            self.out.block(gap=tag in _PARAGRAPHS, cell=tag in _CELLS)
        elif tag != "br" and tag != "img" and opened.seen.hidden is None:
            self.out.isolate(opened.mark)
        if opened.anchor >= 0:
            if opened.button:
                self.out.button(opened.anchor)
            if opened.outer_anchor != opened.anchor:
                self.out.close_anchor()


class _Open(NamedTuple):
    """An element on the way down: what was around it, and what holds within it."""

    node: LexborNode
    tag: str
    outer: Seen
    outer_anchor: int
    seen: Seen
    anchor: int
    filled: bool
    button: bool
    mark: Mark


_DEEPEST = 400  # Chromium's limit is 512
_SUSPICIOUS = 2000  # fewer tags cannot nest deep enough to matter
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]{0,40})")
_VOID = frozenset(
    "area base br col embed hr img input link meta param source track wbr".split()  # noqa: SIM905 - readable
)


def _capped(html: str) -> str:
    """Leave out the attributes of a tag beyond a number that no mail has: the parser compares each with all others.

    One pass that takes every character once, so linear.
    """
    if len(html) < _SHORT:
        return html
    out: list[str] = []
    kept = position = 0
    while start := _START_TAG.search(html, position):
        position = cut = start.end()
        number = 0
        while attribute := _ATTRIBUTE.match(html, position):
            position = attribute.end()
            number += 1
            if number == _MOST_ATTRIBUTES:
                cut = position
        if number > _MOST_ATTRIBUTES:
            out.append(html[kept:cut])
            kept = position
    return "".join([*out, html[kept:]]) if out else html


def _bounded(html: str) -> str:
    """Leave out start tags beyond a nesting that no mail has; one pass, so linear."""
    if html.count("<") < _SUSPICIOUS:
        return html
    out: list[str] = []
    depth, position, dropped = 0, 0, 0
    for tag in _TAG.finditer(html):
        name = tag[2].lower()
        if name in _VOID:
            continue
        if tag[1]:
            # End tags that close nothing make the tree builder search all open elements.
            if dropped:
                dropped -= 1
            elif depth:
                depth -= 1
                continue
        elif depth < _DEEPEST:
            depth += 1
            continue
        else:
            dropped += 1
        end = html.find(">", tag.end())
        if end < 0:
            break
        if tag.start() >= position:
            out.append(html[position : tag.start()])
            position = end + 1
    out.append(html[position:])
    return "".join(out)
