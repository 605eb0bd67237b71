"""Style sheets of an HTML body: what their rules say of the elements, as far as it decides what is seen."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, SelectolaxError

from inboxwright.mail.body import css
from inboxwright.mail.body.css import Declarations

_COMMENT = re.compile(r"/\*[^*]*\*+(?:[^/*][^*]*\*+)*/")
_NAME = re.compile(r"[.#][\w-]+")
_NAMED_TAG = re.compile(r"[a-z][a-z0-9]*([.#][\w-]+)", re.IGNORECASE)
# Rules for every screen, whatever its width and colours.
_PLAIN_MEDIA = re.compile(r"@media\s+(?:only\s+)?(?:all|screen)\s*", re.IGNORECASE)
_BRACES = re.compile(r"[{}]")
_LONGEST = 200_000
_MOST_SELECTORS = 30  # each is one pass over the tree
_LONGEST_SELECTOR = 200


@dataclass(slots=True, kw_only=True)
class Sheet:
    """All style elements of one body."""

    rules: dict[str, Declarations] = field(default_factory=dict)
    """By ".class" or "#id"."""
    hidden: dict[int, str] = field(default_factory=dict)
    """By node, why a rule with another selector hides it."""


def read(tree: LexborHTMLParser) -> Sheet:
    """Read the style elements; a rule that cannot be read says nothing."""
    sheet = Sheet()
    hiding: dict[str, str] = {}
    for node in tree.css("style"):
        if (node.attributes.get("media") or "all").lower() not in {"all", "screen"}:
            continue
        for selector, style in _rules(node.text() or ""):
            if _NAME.fullmatch(selector):
                sheet.rules.setdefault(selector, {}).update(style)
                continue
            why = css.hiding(style)
            if why is not None:
                hiding[selector] = why
            elif tag := _NAMED_TAG.fullmatch(selector):
                # What does not hide is told by class alone: a small over-match is harmless here.
                sheet.rules.setdefault(tag[1], {}).update(style)
    for selector, why in list(hiding.items())[:_MOST_SELECTORS]:
        _find(tree, selector, why, sheet)
    return sheet


def _find(tree: LexborHTMLParser, selector: str, why: str, sheet: Sheet) -> None:
    if len(selector) > _LONGEST_SELECTOR or ":has" in selector:
        return
    try:
        found = tree.css(selector)
    except SelectolaxError:
        return
    for node in found:
        inline = css.declarations(node.attributes.get("style") or "").get("display")
        if inline in {None, "none"} or why != "display:none":
            sheet.hidden[node.mem_id] = why


def _rules(text: str) -> Iterator[tuple[str, Declarations]]:
    text = _COMMENT.sub("", text[:_LONGEST]).replace("<!--", "").replace("-->", "")
    position = 0
    while (opening := text.find("{", position)) >= 0:
        selectors = text[position:opening].replace("}", " ").rpartition(";")[2].strip()
        if selectors.startswith("@"):
            position = opening + 1 if _PLAIN_MEDIA.fullmatch(selectors) else _after_block(text, opening)
            continue
        closing = text.find("}", opening)
        closing = len(text) if closing < 0 else closing
        style = css.declarations(text[opening + 1 : closing])
        for selector in selectors.split(","):
            yield selector.strip(), style
        position = closing + 1


def _after_block(text: str, opening: int) -> int:
    depth, position = 1, opening + 1
    for brace in _BRACES.finditer(text, position):
        depth += 1 if brace[0] == "{" else -1
        if depth == 0:
            return brace.end()
    return len(text)
