"""The little CSS that decides whether a person sees something, and what looks like a button: inline and in sheets."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from selectolax.lexbor import LexborHTMLParser, SelectolaxError

Declarations = dict[str, str]

_LENGTH = re.compile(r"(-?\d*\.?\d+)(px|pt|em|rem|%|)")
_CLIPPED = re.compile(r"inset\((?:50|100)%|circle\(0|polygon\((?:0(?:px|%)? 0(?:px|%)?,? ?){3}")
_MOVED = re.compile(r"translate[xy]?\([^)]*-\d{4,}px")
_FONT_SIZE = re.compile(r"(?:^|\s)(0|\d*\.?\d+(?:px|pt|em|rem|%))(?=[\s/]|$)")
_PX = {"px": 1.0, "pt": 4 / 3, "em": 16.0, "rem": 16.0, "": 1.0}


@lru_cache(maxsize=4096)
def declarations(style: str) -> Declarations:
    """Split a style attribute; names and values in lower case, without "!important"."""
    found: Declarations = {}
    for item in style[:4000].lower().split(";"):
        name, colon, value = item.partition(":")
        if colon:
            found[name.strip()] = value.replace("!important", "").strip()
    return found


@lru_cache(maxsize=4096)
def length(value: str) -> float | None:
    """A CSS length in pixels, or None for what is not one (a percentage, a keyword)."""
    match = _LENGTH.match(value)
    if match is None or match[2] not in _PX:
        return None
    return float(match[1]) * _PX[match[2]]


def hiding(style: Declarations) -> str | None:
    """Why an element with this style and all that is in it cannot be seen, or None."""
    if style.get("display") == "none":
        return "display:none"
    if style.get("visibility") in {"hidden", "collapse"}:
        return "visibility:hidden"
    if style.get("mso-hide") == "all" and "max-height" in style:
        return "mso-hide:all"
    if ("opacity" in style and length(style["opacity"]) == 0) or style.get("filter", "").startswith("opacity(0)"):
        return "opacity:0"
    if style.get("content-visibility") == "hidden":
        return "content-visibility:hidden"
    clipped = style.get("overflow", "").startswith("hidden")
    for name in ("max-height", "max-width", "height", "width"):
        size = length(style[name]) if name in style else None
        if size is not None and size <= 1 and (clipped or name == "max-height"):
            return f"{name}:0"
    for name in ("text-indent", "left", "top", "margin-left"):
        size = length(style[name]) if name in style else None
        if size is not None and size <= -900:
            return f"{name} far outside"
    if style.get("clip", "").startswith("rect(0") or _CLIPPED.match(style.get("clip-path", "")):
        return "clipped away"
    transform = style.get("transform", "")
    if _MOVED.search(transform):
        return "moved out of sight"
    return "scaled to nothing" if transform.startswith("scale(0)") else None


_NAMED = {"white": "ffffff", "black": "000000", "red": "ff0000", "gray": "808080", "grey": "808080"}


@lru_cache(maxsize=1024)
def colour(value: str) -> str | None:
    """A colour as six hexadecimal digits, "transparent", or None when unknown."""
    value = value.strip().lower()
    if value.startswith("#"):
        digits = value[1:]
        if len(digits) == 3:
            digits = "".join(digit * 2 for digit in digits)
        return digits if len(digits) == 6 else None
    if value == "transparent":
        return value
    numbers = re.findall(r"\d*\.?\d+", value) if value.startswith("rgb") else []
    if len(numbers) >= 4 and float(numbers[3]) < 1:  # what shows through is not known
        return "transparent" if float(numbers[3]) == 0 else None
    if len(numbers) >= 3:
        return "".join(f"{min(255, int(float(number))):02x}" for number in numbers[:3])
    return _NAMED.get(value)


def background(style: Declarations) -> str | None:
    """The plain background colour that a style sets, "" for one that is no plain colour, None for none."""
    if "background-image" in style:
        return ""
    if "background-color" in style:
        return colour(style["background-color"]) or ""
    if "background" in style:
        value = style["background"]
        if "url(" in value or "gradient" in value:  # a picture may lie over the colour
            return ""
        if value in {"none", "initial", "inherit"}:
            return None
        return colour(value.split()[0]) or "" if value else None
    return None


def font_size(style: Declarations) -> str | None:
    """The size within the shorthand "font: bold 14px/20px Arial"."""
    found = _FONT_SIZE.search(style["font"]) if "font" in style else None
    return None if found is None else found[1]


def reorders(style: Declarations) -> bool:
    """Whether what it holds is displayed in another order than it is written."""
    return (
        style.get("unicode-bidi", "").endswith("bidi-override")
        or style.get("unicode-bidi") == "isolate-override"
        or "row-reverse" in style.get("flex-direction", "") + style.get("flex-flow", "")
        or style.get("transform", "").startswith(("scalex(-1", "scale(-1", "rotatey(180"))
    )


def looks_like_button(style: Declarations) -> bool:
    """Whether an anchor, or the cell made for it, is drawn as a button."""
    filled = background(style) not in {None, "transparent"}
    edged = style.get("border", "none").split(" ")[0] not in {"none", "0", "0px"} or "border-radius" in style
    padded = any(name.startswith("padding") and value.strip("0px ") for name, value in style.items())
    return padded and (filled or edged or style.get("display") == "inline-block")


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


def sheet(tree: LexborHTMLParser) -> Sheet:
    """Read the style elements; a rule that cannot be read says nothing."""
    found = Sheet()
    others: dict[str, str] = {}
    for node in tree.css("style"):
        if (node.attributes.get("media") or "all").lower() not in {"all", "screen"}:
            continue
        for selector, style in _rules(node.text() or ""):
            if _NAME.fullmatch(selector):
                found.rules.setdefault(selector, {}).update(style)
                continue
            why = hiding(style)
            if why is not None:
                others[selector] = why
            elif tag := _NAMED_TAG.fullmatch(selector):
                # What does not hide is told by class alone: a small over-match is harmless here.
                found.rules.setdefault(tag[1], {}).update(style)
    for selector, why in list(others.items())[:_MOST_SELECTORS]:
        _find(tree, selector, why, found)
    return found


def _find(tree: LexborHTMLParser, selector: str, why: str, sheet: Sheet) -> None:
    if len(selector) > _LONGEST_SELECTOR or ":has" in selector:
        return
    try:
        found = tree.css(selector)
    except SelectolaxError:
        return
    for node in found:
        inline = declarations(node.attributes.get("style") or "").get("display")
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
        style = declarations(text[opening + 1 : closing])
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
