"""What an element passes on to its content: whether it is seen, and as what."""

import re
from dataclasses import dataclass

from inboxwright.mail.body import css

Attributes = dict[str, str | None]

# Class and id names by which mail programs themselves mark the older mail below a reply.
_QUOTES = (
    "gmail_quote", "yahoo_quoted", "moz-cite-prefix", "moz-forward-container", "protonmail_quote",
    "tutanota_quote", "zmail_extra", "divrplyfwdmsg", "appendonsend", "outlookmessageheader",
)  # fmt: skip
_BUTTON_NAME = re.compile(r"(?:^|[\s_-])(?:btn|button|cta)(?=$|[\s_-])")
_FOOTER_NAME = re.compile(r"(?:^|[\s_-])footer(?=$|\s)")
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_SMALLEST = 1.0  # pixels; what is set smaller is not there to be read
_SPECIAL = _HEADINGS | {"blockquote", "footer", "pre", "font", "button", "bdo"}
_STYLED = frozenset({"style", "class", "id", "hidden", "aria-hidden", "bgcolor"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """The inherited state at one point of the tree."""

    hidden: str | None = None
    """Why nothing here can be seen, whatever its content says."""
    quoted: bool = False
    footer: bool = False
    heading: bool = False
    pre: bool = False
    reordered: bool = False
    """Displayed in another order than written."""
    size: float | None = None
    ink: str | None = None
    paper: str | None = None

    def unseen(self) -> str | None:
        """Why text here is invisible, or None."""
        if self.hidden is not None:
            return self.hidden
        if self.size is not None and self.size <= _SMALLEST:
            return "font-size:0"
        if self.ink is not None and self.ink in {self.paper, "transparent"}:
            return "the colour of its background"
        return None


def inherit(
    outer: Seen, tag: str, attributes: Attributes, sheet: dict[str, css.Declarations]
) -> tuple[Seen, bool, bool]:
    """The state within an element; whether it has a background of its own; whether it is drawn as a button."""
    special = tag in _SPECIAL
    if not special and (not attributes or _STYLED.isdisjoint(attributes)):
        return outer, False, False
    style = _style(attributes, sheet)
    names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}".lower()
    paper = css.background(style) if style else None
    if paper is None and attributes.get("bgcolor"):
        paper = css.colour(attributes["bgcolor"] or "") or ""
    if paper == "transparent":
        paper = None
    ink = style.get("color") or (attributes.get("color") if tag == "font" else None)
    inner = Seen(
        hidden=outer.hidden or _hidden(attributes, style),
        quoted=outer.quoted or _quoted(tag, attributes, names),
        footer=outer.footer or tag == "footer" or bool(_FOOTER_NAME.search(names)),
        heading=outer.heading or tag in _HEADINGS,
        reordered=outer.reordered or tag == "bdo" or css.reorders(style),
        pre=outer.pre or tag == "pre" or style.get("white-space", "").startswith(("pre", "break-spaces")),
        size=_size(outer, style),
        ink=css.colour(ink) if ink else outer.ink,
        paper=outer.paper if paper is None else paper or None,
    )
    filled = paper is not None and (paper == "" or paper != outer.paper)
    button = tag == "button" or bool(_BUTTON_NAME.search(names)) or css.looks_like_button(style)
    return inner, filled, button


def _style(attributes: Attributes, sheet: dict[str, css.Declarations]) -> css.Declarations:
    style = css.declarations(attributes.get("style") or "")
    if not sheet:
        return style
    found: css.Declarations = {}
    for name in (attributes.get("class") or "").split()[:20]:
        found.update(sheet.get(f".{name}", {}))
    if attributes.get("id"):
        found.update(sheet.get(f"#{attributes['id']}", {}))
    return {**found, **style} if found else style


def _hidden(attributes: Attributes, style: css.Declarations) -> str | None:
    if "hidden" in attributes:
        return "hidden"
    if attributes.get("aria-hidden") == "true":
        return "aria-hidden"
    return css.hiding(style) if style else None


def _quoted(tag: str, attributes: Attributes, names: str) -> bool:
    if tag == "blockquote" and attributes.get("type") == "cite":
        return True
    return len(names) > 1 and any(quote in names for quote in _QUOTES)


def _size(outer: Seen, style: css.Declarations) -> float | None:
    value = style.get("font-size") or css.font_size(style)
    if value is None:
        return outer.size
    if value.endswith("em") and not value.endswith("rem"):
        factor = css.length(value)
        return None if factor is None else factor / 16 * (outer.size or 16.0)
    return css.length(value)
